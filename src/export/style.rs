//! What the writers of several formats share: values as text, for formats that have no lists and no dates.

use super::loss::{Loss, Part};
use super::out::Out;
use super::record::{List, Value};
use crate::gaps::Verdict;
use std::borrow::Cow;

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

/// Appends a value as text: a list joined, a date in the precision of the source, yes and no as `true` and `false`.
pub(super) fn told(out: &mut Out<'_>, value: Value<'_>, escape: fn(&str, &mut Vec<u8>, &mut Loss)) {
    match value {
        Value::Text(text) => out.escaped(text, escape),
        Value::List(list) => joined(out, list, escape),
        Value::Start(date) | Value::End(date) => out.date(date),
        Value::Flag(flag) => out.raw(if flag { "true" } else { "false" }),
        Value::Number(number) => out.number(number),
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
