//! Texts made safe for XML and JSON, fast: what needs no escaping is copied in one go.

use super::loss::{Loss, Part};

/// Returns whether no byte of a text is special. Most texts have none, and this looks at many bytes at once.
pub(super) fn is_plain(text: &str, special: impl Fn(u8) -> bool) -> bool {
    // Without a way out inside a piece the compiler takes its bytes together.
    text.as_bytes().chunks(64).all(|piece| !piece.iter().fold(false, |found, byte| found | special(*byte)))
}

/// What every XML writer loses.
pub(super) const FORBIDDEN: &str = "characters that XML forbids (now U+FFFD)";

/// Appends text for the inside of an element or a quoted attribute; what XML 1.0 cannot hold becomes U+FFFD.
///
/// Tabs and all that ends a line stand as references, so that no reader turns them into spaces.
pub(super) fn xml(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    // Markup, quotes, controls, and the first bytes of U+0085, U+2028, U+FFFE and U+FFFF.
    let special = |byte| {
        byte < 0x20
            || byte == b'&'
            || byte == b'<'
            || byte == b'>'
            || byte == b'"'
            || byte == 0xc2
            || byte == 0xe2
            || byte == 0xef
    };
    if is_plain(text, special) {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if !special(byte) {
            at += 1;
            continue;
        }
        let (instead, length): (&[u8], usize) = match byte {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'"' => (b"&quot;", 1),
            b'\t' => (b"&#9;", 1),
            b'\n' => (b"&#10;", 1),
            b'\r' => (b"&#13;", 1),
            0xc2 if bytes.get(at + 1) == Some(&0x85) => (b"&#133;", 2),
            0xe2 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0xa8]) => (b"&#8232;", 3),
            0xc2 | 0xe2 => {
                at += 1;
                continue;
            }
            0xef => {
                if !matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) {
                    at += 1;
                    continue;
                }
                loss.add(Part::Text, FORBIDDEN, 1);
                ("\u{fffd}".as_bytes(), 3)
            }
            _ => {
                loss.add(Part::Text, FORBIDDEN, 1);
                ("\u{fffd}".as_bytes(), 1)
            }
        };
        buffer.extend_from_slice(&bytes[from..at]);
        buffer.extend_from_slice(instead);
        at += length;
        from = at;
    }
    buffer.extend_from_slice(&bytes[from..]);
}

/// Appends a JSON string with its quotes; `<` is escaped, so that the file can stand in a page.
pub(super) fn json(text: &str, buffer: &mut Vec<u8>) {
    let special = |byte| byte < 0x20 || byte == b'"' || byte == b'\\' || byte == b'<' || byte == 0x7f;
    let bytes = text.as_bytes();
    buffer.push(b'"');
    if is_plain(text, special) {
        buffer.extend_from_slice(bytes);
        buffer.push(b'"');
        return;
    }
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !special(*byte) {
            continue;
        }
        buffer.extend_from_slice(&bytes[from..at]);
        from = at + 1;
        escape_byte(*byte, buffer);
    }
    buffer.extend_from_slice(&bytes[from..]);
    buffer.push(b'"');
}

/// Appends the escape of one byte, of JSON and of what follows it.
pub(super) fn escape_byte(byte: u8, buffer: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' => buffer.extend_from_slice(b"\\\""),
        b'\\' => buffer.extend_from_slice(b"\\\\"),
        b'\n' => buffer.extend_from_slice(b"\\n"),
        b'\r' => buffer.extend_from_slice(b"\\r"),
        b'\t' => buffer.extend_from_slice(b"\\t"),
        byte => {
            buffer.extend_from_slice(b"\\u00");
            buffer.push(HEX[usize::from(byte >> 4)]);
            buffer.push(HEX[usize::from(byte & 15)]);
        }
    }
}
