//! Texts, addresses and the names of columns, as a sheet holds them.

use crate::export::escape::is_plain;

/// Returns as much of a text as this many UTF-16 units hold, in whole characters.
pub(super) fn cut(text: &str, units: usize) -> &str {
    // No character has fewer bytes than units.
    if text.len() <= units {
        return text;
    }
    let mut left = units;
    let end = text.char_indices().find(|(_, c)| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Appends the name of a column, from `A`.
pub(super) fn push_letters(column: usize, buffer: &mut Vec<u8>) {
    if column >= 26 {
        push_letters(column / 26 - 1, buffer);
    }
    buffer.push(b'A' + (column % 26) as u8);
}

/// Returns the name of a column.
pub(super) fn letters(column: usize) -> String {
    let mut name = Vec::new();
    push_letters(column, &mut name);
    String::from_utf8_lossy(&name).into_owned()
}

/// Appends a text as an `ST_Xstring`: what XML cannot hold is `_xHHHH_`, and what looks so is kept apart by `_x005F_`.
pub(super) fn escape(text: &str, buffer: &mut Vec<u8>) {
    let special =
        |byte| byte < 0x20 || byte == b'&' || byte == b'<' || byte == b'>' || byte == b'_' || byte == 0xef;
    if is_plain(text, special) {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (instead, length): (&[u8], usize) = match byte {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'_' if looks_escaped(&bytes[at..]) => (b"_x005F_", 1),
            b'\t' | b'\n' => continue,
            0..0x20 => {
                let digits = b"0123456789ABCDEF";
                buffer.extend_from_slice(&bytes[from..at]);
                buffer.extend_from_slice(&[
                    b'_',
                    b'x',
                    b'0',
                    b'0',
                    digits[usize::from(byte >> 4)],
                    digits[usize::from(byte & 15)],
                    b'_',
                ]);
                from = at + 1;
                continue;
            }
            0xef if bytes[at..].starts_with("\u{fffe}".as_bytes()) => (b"_xFFFE_", 3),
            0xef if bytes[at..].starts_with("\u{ffff}".as_bytes()) => (b"_xFFFF_", 3),
            _ => continue,
        };
        buffer.extend_from_slice(&bytes[from..at]);
        buffer.extend_from_slice(instead);
        from = at + length;
    }
    buffer.extend_from_slice(&bytes[from..]);
}

fn looks_escaped(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

/// Returns an address as a relationship may hold it, if it is one of the web: ASCII, with all else percent-encoded.
pub(super) fn escaped(address: &str) -> Option<String> {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme)?;
    let rest = &address[scheme.len() + 3..];
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_web || rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) {
        return None;
    }
    let mut kept = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    let mut has_fragment = false;
    for (at, byte) in bytes.iter().enumerate() {
        let stands = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut has_fragment, true),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte),
        };
        if stands {
            kept.push(char::from(*byte));
        } else {
            kept.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_as_relationships_take_them() {
        assert_eq!(
            escaped("https://x.example/ж?q=1&r=%41%#a#b").as_deref(),
            Some("https://x.example/%D0%B6?q=1&r=%41%25#a%23b")
        );
        for other in ["urn:x:y", "ftp://x.example/", "https://", "javascript://x", "http:///x", "file:///x"] {
            assert_eq!(escaped(other), None, "{other}");
        }
    }

    #[test]
    fn columns_have_letters() {
        for (at, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(at), name);
        }
    }
}
