//! Texts made safe for XML and JSON, fast: what needs no escaping is copied in one go.

use super::loss::{Loss, Part};

/// What every XML writer loses.
pub(super) const FORBIDDEN: &str = "characters that XML forbids (now U+FFFD)";

/// Bytes that need a look in XML: markup, quotes, controls, and the first of what U+0085, U+2028, U+FFFE and U+FFFF are
/// in UTF-8.
const XML: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 0x20 {
        table[at] = true;
        at += 1;
    }
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[0xc2] = true;
    table[0xe2] = true;
    table[0xef] = true;
    table
};

/// Appends text for the inside of an element or a quoted attribute; what XML 1.0 cannot hold becomes U+FFFD.
///
/// Tabs and all that ends a line stand as references, so that no reader turns them into spaces.
pub(super) fn xml(text: &str, buffer: &mut Vec<u8>, loss: &mut Loss) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if !XML[usize::from(byte)] {
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

const JSON: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 0x20 {
        table[at] = true;
        at += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[b'<' as usize] = true;
    table[0x7f] = true;
    table
};

/// Appends a JSON string with its quotes; `<` is escaped, so that the file can stand in a page.
pub(super) fn json(text: &str, buffer: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    buffer.push(b'"');
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !JSON[usize::from(*byte)] {
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
