//! The middle of the picture of a body: the body itself, its superiors above, its own units below.

use super::{BODY_WIDTH, Drawing, UNIT_GAP};
use crate::diagram::EdgeKind;
use crate::diagram::label::label;
use crate::diagram::layers::{BOX, INSET};
use crate::diagram::page::GLYPH;
use crate::diagram::pile::Pile;
use crate::diagram::scene::{Group, Item, Path, Rect, Role};
use crate::diagram::sector::place;
use crate::diagram::style::{self, INK, Line, NAME, PALE_SMALL};
use crate::diagram::text::{Type, clean};
use crate::diagram::words::{Phrase, filled};
use crate::model::{InstitutionId, LinkId, Standing};

/// How far superiors and units are set in.
const INDENT: f64 = 26.0;
/// How many units, or superiors, are shown.
const MOST_UNITS: usize = 10;
/// The name of the body.
const TITLE: Type = Type { size: 13.5, bold: true, colour: INK };

/// A superior or a unit, or the rest of many.
pub(super) struct Relative {
    ids: Vec<InstitutionId>,
    name: String,
    pile: Pile,
    label: Pile,
    links: Vec<LinkId>,
}

impl Relative {
    pub(super) fn height(&self) -> f64 {
        self.pile.rect.height + self.label.rect.height + if self.label.items.is_empty() { 8.0 } else { 11.0 }
    }
}

impl Drawing<'_, '_> {
    /// Superiors or units, each with the links between it and the body; the rest of many in one.
    pub(super) fn kin(&self, ids: &[InstitutionId], links: &[LinkId]) -> Vec<Relative> {
        let graph = self.words.graph();
        let width = BODY_WIDTH - INDENT - 2.0 * INSET;
        let shown = if ids.len() > MOST_UNITS { MOST_UNITS - 1 } else { ids.len() };
        let between = |id: InstitutionId| {
            let joins = |link: &LinkId| {
                let (overseer, _, overseen) = graph.link(*link);
                overseer == id || overseen == id
            };
            links.iter().copied().filter(joins).collect::<Vec<_>>()
        };
        let mut kin: Vec<Relative> = Vec::new();
        for id in &ids[..shown] {
            let links = between(*id);
            let mut pile = Pile::new(width);
            pile.write(NAME, &self.words.name(*id), 0.0, 0.0, 2);
            kin.push(Relative {
                ids: vec![*id],
                name: self.words.name(*id),
                pile,
                label: label(self.words, &links, width, self.most, false),
                links,
            });
        }
        if shown < ids.len() {
            let rest = &ids[shown..];
            let name = filled(self.words.say(Phrase::MoreUnits), &[&rest.len().to_string()]);
            let mut pile = Pile::new(width);
            pile.write(NAME, &name, 0.0, 0.0, 2);
            let links = rest.iter().flat_map(|id| between(*id)).collect();
            kin.push(Relative { ids: rest.to_vec(), name, pile, label: Pile::new(width), links });
        }
        kin
    }

    /// Boxes above or below the body, hung on a line at its left; the nearest superior stands lowest.
    pub(super) fn relatives(&mut self, mut kin: Vec<Relative>, top: f64, body: Rect, above: bool) {
        if above {
            kin.reverse();
        }
        let mut y = top;
        let bus = body.x + INDENT / 2.0;
        for relative in kin {
            let high = relative.height();
            let Relative { ids, name, mut pile, mut label, links } = relative;
            let rect = Rect::new(body.x + INDENT, y, BODY_WIDTH - INDENT, high);
            y += high + UNIT_GAP;
            let of = place(self.words.world, ids[0]).pillar();
            let pillar = if above { of } else { self.pillar() };
            let works = links.is_empty()
                || links.iter().any(|link| self.words.world.standing(*link) == Standing::InForce);
            let line = if works {
                Line { colour: style::colour(pillar), dash: "", width: 1.4, opacity: 1.0 }
            } else {
                style::edge(EdgeKind::OnPaper)
            };
            let id = format!("{}:{}", if above { "above" } else { "below" }, self.words.id(ids[0]));
            let own = (self.words.id(self.body), self.words.name(self.body));
            let mut tie = if above {
                self.tie(id.clone(), own.0, &format!("{name} → {}", own.1), &links, line)
            } else {
                self.tie(own.0, id.clone(), &format!("{} → {name}", own.1), &links, line)
            };
            let mut points = [
                (rect.x, rect.middle()),
                (bus, rect.middle()),
                (bus, if above { body.y } else { body.bottom() }),
            ];
            if !above {
                points.reverse();
            }
            let path = Path::line(&points);
            tie.items.push(Item::stroke(path.clone(), line));
            tie.items.push(Item::area(path.head(7.0), line.colour));
            self.page.add(Item::Group(tie));
            let outline = Line { colour: style::colour(of), dash: "", width: 0.9, opacity: 1.0 };
            let mut group = Group::new(Role::Node { id, frame: None, line: outline, ground: BOX }, name);
            if ids.len() > 1 {
                group.details = ids.iter().map(|id| self.words.name(*id)).collect();
            }
            group.facts = self.words.body_facts(&ids);
            group.data.spanned(&group.facts);
            group.data.pillar = of;
            group.items.push(Item::Rect { rect, radius: 3.0, fill: Some(BOX), line: Some(outline) });
            pile.move_to(rect.x + INSET, rect.y + 4.0);
            label.move_to(rect.x + INSET, pile.rect.bottom() + 2.0);
            group.items.extend(pile.items.into_iter().chain(label.items));
            self.page.add(Item::Group(group));
        }
    }

    /// The name of the body, what it is, who heads it.
    pub(super) fn portrait(&self) -> Pile {
        let graph = self.words.graph();
        let body = graph.institution(self.body);
        let mut pile = Pile::new(BODY_WIDTH - 28.0);
        let pillar = self.pillar();
        pile.glyph(style::pillar_glyph(pillar), 0.0, GLYPH);
        let types: Vec<String> = body.types.iter().map(|id| self.words.type_name(id)).collect();
        pile.write(PALE_SMALL, &types.join(", "), 14.0, 0.0, 2);
        pile.space(3.0);
        pile.write(TITLE, &self.words.name(self.body), 0.0, 0.0, 3);
        pile.space(2.0);
        // A title in another language would stand out in a sentence.
        if let Some(head) = body.head.exactly(&graph.texts, self.words.language) {
            let head = filled(self.words.say(Phrase::HeadedBy), &[&clean(graph.text(head))]);
            pile.write(PALE_SMALL, &head, 0.0, 0.0, 2);
        }
        pile
    }

    pub(super) fn portrait_box(&mut self, mut pile: Pile, rect: Rect) {
        let pillar = self.pillar();
        let (line, ground) = (
            Line { colour: style::colour(pillar), dash: "", width: 2.2, opacity: 1.0 },
            style::ground(pillar),
        );
        let role = Role::Node { id: self.words.id(self.body), frame: None, line, ground };
        let mut group = Group::new(role, self.words.name(self.body));
        group.facts = self.words.body_facts(&[self.body]);
        group.data.spanned(&group.facts);
        group.data.pillar = pillar;
        pile.move_to(rect.x + 14.0, rect.y + (rect.height - pile.rect.height) / 2.0);
        group.items.push(Item::Rect { rect, radius: 5.0, fill: Some(ground), line: Some(line) });
        group.items.extend(pile.items);
        self.page.add(Item::Group(group));
    }
}
