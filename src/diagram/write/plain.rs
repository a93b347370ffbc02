//! Writes a scene as text: all that its groups stand for, line by line.

use super::super::scene::{Role, Scene};
use std::fmt::Write as _;

/// Returns `scene` as text.
pub(super) fn write(scene: &Scene) -> String {
    let mut text = format!("{}\n", scene.title);
    // The description says again what stands in the subtitle, for those who hear it alone.
    let description =
        scene.subtitle.iter().fold(scene.description.clone(), |rest, line| rest.replace(line, ""));
    for line in scene.subtitle.iter().map(String::as_str).chain([description.trim()]) {
        if !line.is_empty() {
            let _ = writeln!(text, "{line}");
        }
    }
    let groups = scene.groups();
    for group in &groups {
        // The bare frame, before its boxes; then boxes, edges and values in the order in which they are drawn.
        match &group.role {
            Role::Frame { .. } if !group.label.is_empty() => {
                let _ = write!(text, "\n## {}\n", group.label);
            }
            Role::Node { .. } | Role::Edge { .. } | Role::Value | Role::Key if !group.label.is_empty() => {
                let _ = writeln!(text, "- {}", group.label);
            }
            _ if !group.details.is_empty() => text.push('\n'),
            _ => {}
        }
        for line in &group.details {
            let _ = writeln!(text, "  {line}");
        }
    }
    let _ = write!(text, "\n{}\n", scene.source);
    text
}
