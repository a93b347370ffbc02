//! What the writers of several formats share: the colours of pillars, lists in formats that have none.

use super::loss::{Loss, Part};
use super::out::Out;
use super::record::List;
use crate::gaps::Verdict;
use crate::model::Pillar;
use std::borrow::Cow;

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

/// Returns how a cell with a verdict is filled, as in the pictures: ground and ink, as `RRGGBB`.
pub(super) fn fill(verdict: Verdict) -> [&'static str; 2] {
    match verdict {
        Verdict::Gap => ["C1121F", "FFFFFF"],
        Verdict::Partial => ["EF9A5B", "1A1A1A"],
        Verdict::OnPaper => ["CBCBCB", "1A1A1A"],
        Verdict::Unknown => ["FAFAFA", "4D4D4D"],
        Verdict::Met => ["CDEADD", "1A1A1A"],
    }
}

/// Appends a list joined by `;`. In an address that holds one it becomes `%3B`, in another text a comma.
pub(super) fn joined(out: &mut Out<'_>, list: List<'_>, escape: fn(&str, &mut Vec<u8>, &mut Loss)) {
    let mut first = true;
    list.for_each(|text| {
        if !std::mem::take(&mut first) {
            out.raw(";");
        }
        let text = item(text, &mut out.loss);
        out.escaped(&text, escape);
    });
}

/// Returns a text as it stands in a joined list.
pub(super) fn item<'t>(text: &'t str, loss: &mut Loss) -> Cow<'t, str> {
    if !text.as_bytes().contains(&b';') {
        return Cow::Borrowed(text);
    }
    loss.add(Part::Text, "semicolons inside lists (now `,`, or `%3B` in addresses)", 1);
    Cow::Owned(text.replace(';', if text.contains("://") { "%3B" } else { "," }))
}
