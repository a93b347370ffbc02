//! Kept files: pages and rows that a test compares, and that `OVERSIGHT_BLESS=1` writes anew.
#![expect(clippy::unwrap_used, reason = "a file that cannot be written fails the test")]

use std::fs;
use std::path::Path;

/// Returns whether kept files are to be written.
pub(crate) fn is_blessing() -> bool {
    std::env::var_os("OVERSIGHT_BLESS").is_some_and(|value| value == "1")
}

/// Holds the file at `path`, from the top of the checkout, against `text`, or writes it.
pub(crate) fn hold(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if is_blessing() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        return;
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    if kept != text {
        let line = kept.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
        panic!(
            "`{path}` is not up to date from line {} on; write it with OVERSIGHT_BLESS=1 cargo test\n\
             kept: {:?}\nnow:  {:?}",
            line + 1,
            kept.lines().nth(line).unwrap_or_default(),
            text.lines().nth(line).unwrap_or_default(),
        );
    }
}
