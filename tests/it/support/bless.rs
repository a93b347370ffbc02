//! Committed files that a test compares with what it makes, and that `OVERSIGHT_BLESS=1` writes anew.

use std::path::Path;
use std::{env, fs};

/// Returns whether committed files are to be written.
#[expect(clippy::disallowed_methods, reason = "the environment asks a test to write what it would compare")]
pub(crate) fn is_blessing() -> bool {
    env::var("OVERSIGHT_BLESS").is_ok_and(|bless| bless == "1")
}

/// Holds `text` against the committed file at `path`, from the top of the checkout, or writes it there.
pub(crate) fn hold(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let committed = fs::read_to_string(&file).unwrap_or_default();
    if committed == text {
        return;
    }
    if is_blessing() {
        fs::write(&file, text).expect("the checkout can be written");
        return;
    }
    let line = 1 + committed.lines().zip(text.lines()).take_while(|(was, is)| was == is).count();
    let lines = [committed.as_str(), text].map(|text| text.lines().nth(line - 1).unwrap_or("(nothing)"));
    // A picture is one long line: what differs is shown, and a little before it.
    let same = lines[0].chars().zip(lines[1].chars()).take_while(|(was, is)| was == is).count();
    let shown = |text: &str| text.chars().skip(same.saturating_sub(40)).take(200).collect::<String>();
    panic!(
        "{path}:{line} is not what the shipped files give\n  committed: {}\n  generated: {}\n\
         write it anew with OVERSIGHT_BLESS=1 cargo test --test it",
        shown(lines[0]),
        shown(lines[1])
    );
}
