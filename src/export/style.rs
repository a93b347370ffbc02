//! What the writers of several formats share: the colours of pillars, lists in formats that have none.

use super::loss::{Loss, Part};
use super::out::Out;
use super::record::List;
use crate::model::Pillar;

/// The colour of a pillar, as in the pictures.
pub(super) fn colour(pillar: Option<Pillar>) -> &'static str {
    match pillar {
        Some(Pillar::Executive) => "#0072b2",
        Some(Pillar::Legislature) => "#00805c",
        Some(Pillar::Justice) => "#7a2048",
        Some(Pillar::Independent) => "#c76395",
        Some(Pillar::Internal) => "#3a9bd9",
        Some(Pillar::Society) => "#c98a00",
        Some(Pillar::International) => "#332288",
        Some(Pillar::Provider) => "#555555",
        None => "#222222",
    }
}

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
