//! What stands behind a mark: bodies and control links in words, each with its time and its addresses; and the words
//! that a page needs to let people choose among them.

use super::scene::Data;
use super::text::clean;
use super::words::Words;
use crate::gaps::Verdict;
use crate::model::{Day, InstitutionId, LinkId, Period, Pillar, Standing, Symbol};

/// A body or a control link behind a mark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fact {
    /// What it says, in one line.
    pub line: String,
    /// What else it can be found by: ids, acronyms.
    pub also: Vec<String>,
    /// The slug of the mechanism; of a body: nothing.
    pub mechanism: String,
    /// The ids of who controls and who is controlled; of a body: none.
    pub ends: Option<[String; 2]>,
    /// Whether it is on paper only.
    pub on_paper: bool,
    /// When it holds.
    pub period: Period,
    /// The first day as the record tells it; nothing, where it does not.
    pub since: String,
    /// The last day or year as the record tells it; nothing, where it has no end.
    pub until: String,
    /// Addresses of the pages that say so, or of the body itself.
    pub pages: Vec<String>,
}

/// Words for what a picture can be filtered by, in its language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Names of pillars.
    pub pillars: Vec<(Pillar, String)>,
    /// Slugs of mechanisms, with their names.
    pub mechanisms: Vec<(String, String)>,
    /// Words for verdicts.
    pub verdicts: Vec<(Verdict, String)>,
}

/// What of a picture has to do with time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Time {
    /// Nothing: it stands for one day.
    #[default]
    Still,
    /// Bodies and links of all days are drawn; those that hold on a day can be told from the others.
    Ever,
    /// It has an axis of time.
    Axis(Axis),
}

/// An axis of time, from left to right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// Where the first day is.
    pub left: f64,
    /// Where the last day is.
    pub right: f64,
    /// Upper end of what hangs on the axis.
    pub top: f64,
    /// Lower end.
    pub bottom: f64,
}

impl Words<'_> {
    /// Returns a fact for each link, in their order; its line is that of [`Words::link_lines`].
    pub fn link_facts(self, links: &[LinkId]) -> Vec<Fact> {
        let graph = self.graph();
        let fact = |(link, line): (&LinkId, String)| {
            let (overseer, of, overseen) = graph.link(*link);
            let (period, standing) = self.world.period(*link).unwrap_or((Period::default(), Standing::Out));
            Fact {
                line,
                also: Vec::new(),
                mechanism: graph.vocabulary.mechanisms.slug(of.mechanism).to_owned(),
                ends: Some([overseer, overseen].map(|id| self.id(id))),
                on_paper: standing == Standing::OnPaper,
                period,
                since: of.interval.start.map(|start| start.to_string()).unwrap_or_default(),
                until: of.interval.end.map(|end| end.to_string()).unwrap_or_default(),
                pages: self.addresses(&of.sources),
            }
        };
        links.iter().zip(self.link_lines(links)).map(fact).collect()
    }

    /// Returns a fact for each body, in their order.
    pub fn body_facts(self, bodies: &[InstitutionId]) -> Vec<Fact> {
        let graph = self.graph();
        let fact = |id: &InstitutionId| {
            let body = graph.institution(*id);
            let acronym = body.acronym.map(|acronym| clean(graph.text(acronym)));
            Fact {
                line: self.name(*id),
                also: [self.id(*id)].into_iter().chain(acronym).collect(),
                period: self.world.life(*id).unwrap_or_default(),
                since: body.life.start.map(|start| start.to_string()).unwrap_or_default(),
                until: body.life.end.map(|end| end.to_string()).unwrap_or_default(),
                pages: self.addresses(body.homepage.as_slice()),
                ..Fact::default()
            }
        };
        bodies.iter().map(fact).collect()
    }

    fn addresses(self, of: &[Symbol]) -> Vec<String> {
        of.iter().map(|page| clean(self.graph().text(*page))).collect()
    }

    /// Returns whether a link counts on the day of the picture, though others may be drawn.
    pub fn counts_today(self, link: LinkId) -> bool {
        self.world.period(link).is_some_and(|(period, _)| period.contains(self.world.day()))
    }

    /// Returns whether a body exists on the day of the picture, though others may be drawn.
    pub fn exists_today(self, id: InstitutionId) -> bool {
        self.world.life(id).is_some_and(|life| life.contains(self.world.day()))
    }

    /// Returns the words for what pictures can be filtered by.
    pub fn lexicon(self) -> Lexicon {
        let scheme = &self.graph().vocabulary.mechanisms;
        Lexicon {
            pillars: Pillar::ALL.iter().map(|pillar| (*pillar, self.pillar(Some(*pillar)))).collect(),
            mechanisms: scheme.iter().map(|(id, of)| (of.slug.clone(), self.mechanism(id))).collect(),
            verdicts: Verdict::ALL.iter().map(|one| (*one, self.verdict(*one).to_owned())).collect(),
        }
    }
}

impl Data {
    /// Fills in from when until when any of `facts` holds.
    pub(super) fn spanned(&mut self, facts: &[Fact]) {
        self.since = facts.iter().map(|fact| fact.period.since).min().flatten();
        let is_over = facts.iter().all(|fact| fact.period.until.is_some());
        let last = facts.iter().filter_map(|fact| fact.period.until).max();
        self.until = last.filter(|_| is_over);
    }
}
