//! Writes boxes and edges of a scene as a Mermaid flowchart, for pages in Markdown.
//!
//! # Source
//! <https://mermaid.js.org/syntax/flowchart.html>; whatever could mean something there is written as an entity code, for
//! Mermaid has no other escape.
//!
//! # Invariants
//! * Ids are numbers of our own, so no name can clash with a word of the syntax.
//! * The same look is said once: a class for boxes, one `linkStyle` for all lines that are alike.

use super::super::scene::{Group, Item, Role, Scene};
use super::super::style::{INK, Line, gaps_widely};
use super::WriteError;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many mechanisms an edge names that has no words beside it in the drawing.
const NAMED: usize = 2;

/// How a box or a line looks: colours, width, pattern.
type Look = (String, Vec<usize>);

/// Returns the boxes and edges of `scene` as a flowchart.
pub(super) fn write(scene: &Scene) -> Result<String, WriteError> {
    let groups = scene.groups();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut frames: Vec<(Option<&str>, &str, String)> = vec![(None, "", String::new())];
    let (mut boxes, mut lines): (Vec<Look>, Vec<Look>) = (Vec::new(), Vec::new());
    for group in &groups {
        match &group.role {
            Role::Frame { id } => frames.push((Some(id), &group.label, String::new())),
            Role::Node { id, frame, line, ground } => {
                let number = numbers.len();
                numbers.insert(id, number);
                let frame = frames.iter().position(|(id, ..)| *id == frame.as_deref()).unwrap_or(0);
                let indent = if frame == 0 { "  " } else { "    " };
                let class = look(&mut boxes, format!("fill:{ground},{},color:{INK}", stroke(*line)), number);
                let _ = writeln!(frames[frame].2, "{indent}n{number}[\"{}\"]:::c{class}", safe(group.name()));
            }
            _ => {}
        }
    }
    if numbers.is_empty() && groups.iter().any(|group| group.role == Role::Value) {
        return Err(WriteError::NoGraph { view: scene.view });
    }
    let mut text = format!("---\ntitle: {}\n---\nflowchart LR\n", quoted(&scene.title));
    for (at, (id, label, members)) in frames.iter().enumerate() {
        match id {
            Some(_) if !members.is_empty() => {
                let _ = write!(
                    text,
                    "  subgraph f{at}[\"{}\"]\n{members}  end\n",
                    safe(if label.is_empty() { " " } else { label })
                );
            }
            _ => text.push_str(members),
        }
    }
    let mut drawn = 0;
    for group in &groups {
        let Role::Edge { from, to, line } = &group.role else { continue };
        let (Some(from), Some(to)) = (numbers.get(from.as_str()), numbers.get(to.as_str())) else { continue };
        let label = safe(&words(group, scene));
        let label = if label.is_empty() { label } else { format!("|\"{label}\"|") };
        let _ = writeln!(text, "  n{from} -->{label} n{to}");
        look(&mut lines, stroke(*line), drawn);
        drawn += 1;
    }
    for (class, (style, _)) in boxes.iter().enumerate() {
        let _ = writeln!(text, "  classDef c{class} {style}");
    }
    for (style, edges) in &lines {
        let edges = edges.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
        let _ = writeln!(text, "  linkStyle {edges} {style}");
    }
    Ok(text)
}

/// Returns the place of a look among those known, and notes one more that has it.
fn look(looks: &mut Vec<Look>, style: String, one: usize) -> usize {
    let at = looks.iter().position(|(known, _)| *known == style).unwrap_or_else(|| {
        looks.push((style, Vec::new()));
        looks.len() - 1
    });
    looks[at].1.push(one);
    at
}

fn stroke(line: Line) -> String {
    let dash =
        if gaps_widely(line.dash) { format!(",stroke-dasharray:{}", line.dash) } else { String::new() };
    format!("stroke:{},stroke-width:{}px{dash}", line.colour, (line.width * 10.0).round() / 10.0)
}

/// Returns what stands beside an edge in the drawing; where nothing does, its first mechanisms.
fn words(group: &Group, scene: &Scene) -> String {
    let text = |item: &Item| match item {
        Item::Text(text) => Some(text.content.clone()),
        _ => None,
    };
    let beside: Vec<String> = group.items.iter().filter_map(text).collect();
    if !beside.is_empty() {
        return beside.join(" ");
    }
    let name = |slug: &String| {
        let known = scene.lexicon.mechanisms.iter().find(|(known, _)| known == slug);
        known.map_or(slug.clone(), |(_, name)| name.clone())
    };
    let mut names: Vec<String> = group.data.mechanisms.iter().take(NAMED).map(name).collect();
    if group.data.mechanisms.len() > NAMED {
        names.push(format!("+{}", group.data.mechanisms.len() - NAMED));
    }
    names.join(", ")
}

/// Returns what stands between quotes. A number with a dot, or a dash, at the beginning would begin a list.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut is_begin = true;
    for character in text.chars() {
        let is_plain = !character.is_ascii()
            || character.is_ascii_alphanumeric()
            || " ,()'/".contains(character)
            || (".-".contains(character) && !is_begin);
        if is_plain {
            safe.push(character);
        } else {
            let _ = write!(safe, "#{};", u32::from(character));
        }
        is_begin &= character.is_ascii_digit() || character == ' ';
    }
    safe
}

/// Returns a text in quotes of YAML, with every sign that YAML or Mermaid could take for more as an escape.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || " ,.:()'/".contains(character) || character.is_alphabetic() {
            quoted.push(character);
        } else {
            let _ = write!(quoted, "\\U{:08X}", u32::from(character));
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_syntax_become_codes() {
        assert_eq!(safe("a\"b] %%{x}"), "a#34;b#93; #37;#37;#123;x#125;");
        assert_eq!(safe("1. St. Ann-Marie"), "1#46; St. Ann-Marie");
        assert_eq!(safe("- x"), "#45; x");
        assert_eq!(quoted("Ü: \"x\"\\"), "\"Ü: \\U00000022x\\U00000022\\U0000005C\"");
    }
}
