//! What the script needs beside words: which group is what, what it can be filtered by, and when its facts hold.
//!
//! # Invariants
//! * The text can stand in a `script` element whatever the labels are: `<`, `>` and `&` are escapes of JSON, and so are
//!   the two line ends that JSON knows and older scripts do not.

use super::super::super::fact::{Axis, Fact, Time};
use super::super::super::scene::{Group, Role, Scene};
use super::super::super::style;
use super::words;
use crate::gaps::Verdict;
use crate::model::Pillar;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Returns the data as JSON that can stand in markup.
pub(super) fn write(scene: &Scene, groups: &[&Group]) -> String {
    let writer = Writer::new(scene, groups);
    let groups: Vec<Value> = groups.iter().enumerate().filter_map(|(at, of)| writer.group(at, of)).collect();
    let pillar = |pillar: &Pillar| {
        let named = scene.lexicon.pillars.iter().find(|(known, _)| known == pillar);
        let label = named.map_or(pillar.slug(), |(_, label)| label);
        let line = style::edge(super::super::super::EdgeKind::InForce(Some(*pillar)));
        json!([pillar.slug(), label, line.colour, line.dash])
    };
    let verdict = |verdict: &Verdict| {
        let named = scene.lexicon.verdicts.iter().find(|(known, _)| known == verdict);
        let label = named.map_or(verdict.slug(), |(_, label)| label);
        json!([verdict.slug(), label, style::fill(*verdict).ground])
    };
    let day = |day: crate::model::Day| day.to_string();
    let time = match scene.time {
        Time::Still => Value::Null,
        Time::Ever => json!("ever"),
        Time::Axis(Axis { first, last, left, right, top, bottom }) => {
            json!({"first": day(first), "last": day(last), "left": left, "right": right, "top": top, "bottom": bottom})
        }
    };
    let data = json!({
        "view": scene.view,
        "graph": scene.counts().0 > 0,
        "day": scene.day.map(day),
        "time": time,
        "head": scene.head,
        "foot": if scene.foot > scene.head { scene.foot } else { scene.height },
        "width": scene.width,
        "height": scene.height,
        "words": words::script(scene.view, &scene.language),
        "pillars": Pillar::ALL.iter().map(pillar).collect::<Vec<_>>(),
        "mechanisms": writer.mechanisms(),
        "verdicts": Verdict::ALL.iter().map(verdict).collect::<Vec<_>>(),
        "groups": groups,
    });
    safe(&data.to_string())
}

struct Writer<'s> {
    scene: &'s Scene,
    nodes: BTreeMap<&'s str, usize>,
    frames: BTreeMap<&'s str, usize>,
    /// Mechanisms and bodies that occur, each with its number.
    mechanisms: BTreeMap<&'s str, usize>,
    bodies: BTreeMap<&'s str, usize>,
}

impl<'s> Writer<'s> {
    fn new(scene: &'s Scene, groups: &[&'s Group]) -> Self {
        let mut writer = Self {
            scene,
            nodes: BTreeMap::new(),
            frames: BTreeMap::new(),
            mechanisms: BTreeMap::new(),
            bodies: BTreeMap::new(),
        };
        let mut used: Vec<&str> = Vec::new();
        let mut bodies: Vec<&str> = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            match &group.role {
                Role::Node { id, .. } => drop(writer.nodes.insert(id, number)),
                Role::Frame { id } => drop(writer.frames.insert(id, number)),
                _ => {}
            }
            used.extend(group.data.mechanisms.iter().map(String::as_str));
            used.extend(group.facts.iter().map(|fact| fact.mechanism.as_str()));
            let ends = group
                .facts
                .iter()
                .flat_map(|fact| fact.also.first().into_iter().chain(fact.ends.iter().flatten()));
            bodies.extend(ends.map(String::as_str));
        }
        for list in [&mut used, &mut bodies] {
            list.sort_unstable();
            list.dedup();
        }
        used.retain(|slug| !slug.is_empty());
        // Mechanisms in the order of the ontology, then those that it does not know.
        let known: BTreeMap<&str, usize> =
            scene.lexicon.mechanisms.iter().enumerate().map(|(at, (slug, _))| (slug.as_str(), at)).collect();
        used.sort_by_key(|slug| known.get(slug).copied().unwrap_or(usize::MAX));
        writer.mechanisms = used.into_iter().enumerate().map(|(at, slug)| (slug, at)).collect();
        writer.bodies = bodies.into_iter().enumerate().map(|(at, id)| (id, at)).collect();
        writer
    }

    /// Slug and name of each mechanism, by number.
    fn mechanisms(&self) -> Vec<Value> {
        let mut mechanisms: Vec<(&str, usize)> =
            self.mechanisms.iter().map(|(slug, at)| (*slug, *at)).collect();
        mechanisms.sort_unstable_by_key(|(_, at)| *at);
        let named = |(slug, _): (&str, usize)| {
            let known = self.scene.lexicon.mechanisms.iter().find(|(known, _)| known == slug);
            json!([slug, known.map_or(slug, |(_, name)| name)])
        };
        mechanisms.into_iter().map(named).collect()
    }

    /// A group as number, kind, ends, frame, pillar, verdict, mechanisms, facts, counts; -1 stands for none.
    fn group(&self, number: usize, group: &Group) -> Option<Value> {
        let of =
            |map: &BTreeMap<&str, usize>, id: &str| map.get(id).map_or(json!(-1), |number| json!(number));
        let none = || json!(-1);
        let (kind, from, to, frame) = match &group.role {
            Role::Frame { .. } => ("frame", none(), none(), none()),
            Role::Node { frame, .. } => {
                let frame = frame.as_deref().map_or(none(), |id| of(&self.frames, id));
                ("node", none(), none(), frame)
            }
            Role::Edge { from, to, .. } => ("edge", of(&self.nodes, from), of(&self.nodes, to), none()),
            Role::Value => ("value", none(), none(), none()),
            Role::Key => ("key", none(), none(), none()),
            Role::Part => ("part", none(), none(), none()),
        };
        let data = &group.data;
        let pillar = data.pillar.and_then(|pillar| Pillar::ALL.iter().position(|known| *known == pillar));
        let verdict = data.verdict.and_then(|one| Verdict::ALL.iter().position(|known| *known == one));
        let place = |place: Option<usize>| place.map_or(none(), |place| json!(place));
        let mechanisms: Vec<usize> =
            data.mechanisms.iter().filter_map(|slug| self.mechanisms.get(slug.as_str()).copied()).collect();
        let facts: Vec<Value> = group.facts.iter().map(|fact| self.fact(fact)).collect();
        let counts: Vec<Value> =
            data.counts.iter().map(|(day, count)| json!([day.to_string(), count])).collect();
        (!group.name().is_empty()).then(|| {
            json!([number, kind, from, to, frame, place(pillar), place(verdict), mechanisms, facts, counts])
        })
    }

    /// A fact as mechanism, first day, day after the last, on paper, and the body or the two ends; an empty day is open.
    fn fact(&self, fact: &Fact) -> Value {
        let day = |day: Option<crate::model::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let (since, until) = (day(fact.period.since), day(fact.period.until));
        let paper = u8::from(fact.on_paper);
        let mechanism =
            self.mechanisms.get(fact.mechanism.as_str()).map_or(json!(-1), |number| json!(number));
        let bodies = fact.ends.iter().flatten().chain(fact.also.first().filter(|_| fact.ends.is_none()));
        let bodies = bodies.filter_map(|id| self.bodies.get(id.as_str())).map(|number| json!(number));
        [mechanism, json!(since), json!(until), json!(paper)].into_iter().chain(bodies).collect()
    }
}

/// Returns JSON as it can stand in a `script` element.
fn safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element() {
        let hostile = "</script><!-- ]]> & \u{2028}\u{2029}";
        let text = safe(&json!(hostile).to_string());
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).ok().as_deref(), Some(hostile));
    }
}
