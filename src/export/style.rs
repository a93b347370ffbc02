//! What the writers of several formats share: lists in formats that have none.

use super::loss::{Loss, Part};
use super::out::Out;
use super::record::List;

/// Appends a list joined by `;`. In an address that holds one it becomes `%3B`, in another text a comma.
pub(super) fn joined(out: &mut Out<'_>, list: List<'_>, escape: fn(&str, &mut Vec<u8>, &mut Loss)) {
    let mut first = true;
    list.for_each(|text| {
        if !std::mem::take(&mut first) {
            out.raw(";");
        }
        if text.as_bytes().contains(&b';') {
            out.loss.add(Part::Text, "semicolons inside lists (now `,`, or `%3B` in addresses)", 1);
            let instead = if text.contains("://") { "%3B" } else { "," };
            out.escaped(&text.replace(';', instead), escape);
        } else {
            out.escaped(text, escape);
        }
    });
}
