//! How acts, provisions and pages are cited, and the bibliography that comes of it.

use super::words::Words;
use crate::model::{Act, Basis, Graph, Symbol};
use crate::report::document::{Entry, Line};
use crate::vocab::slug;
use crate::wording::Order;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A title that is no longer than this is cited as it is; of a longer one, kind and number.
const SHORT_TITLE: usize = 40;

/// Cites, and remembers what was cited.
#[derive(Debug)]
pub(super) struct Citations<'g> {
    graph: &'g Graph,
    words: Words,
    language: &'g str,
    acts: RefCell<BTreeSet<&'g str>>,
    pages: RefCell<BTreeMap<Symbol, usize>>,
    order: RefCell<Vec<Symbol>>,
}

impl<'g> Citations<'g> {
    pub(super) fn new(graph: &'g Graph, words: Words, language: &'g str) -> Self {
        let (acts, pages, order) = (RefCell::default(), RefCell::default(), RefCell::default());
        Self { graph, words, language, acts, pages, order }
    }

    /// Cites provisions, act by act: `Law No. 661-IV, art. 5(1), 11(10)`. The title stands in full where `full`.
    pub(super) fn basis(&self, basis: &[Basis], full: bool) -> Line {
        let mut acts: Vec<(Symbol, Vec<&str>)> = Vec::new();
        for one in basis {
            let iri = one.act.unwrap_or(one.iri);
            let numbers = one.number.map(|number| self.graph.text(number));
            match acts.iter_mut().find(|(act, _)| *act == iri) {
                Some((_, all)) => all.extend(numbers),
                None => acts.push((iri, numbers.into_iter().collect())),
            }
        }
        let cited = acts.iter().map(|(iri, numbers)| {
            let known = self.graph.act(*iri);
            let line = match known {
                Some(act) => {
                    self.acts.borrow_mut().insert(self.graph.text(act.iri));
                    let name = if full { self.title(act) } else { self.short(act) };
                    Line::new().inside(&act_id(self.graph.text(act.iri)), &name)
                }
                None => Line::new().text(self.graph.short(self.graph.text(*iri))),
            };
            if numbers.is_empty() {
                line
            } else {
                line.text(", ").text(&self.words.tongue().provisions(numbers))
            }
        });
        Line::join(cited, "; ")
    }

    /// Cites pages by number: ` [3], [7]`; those that are the official address of one of `acts` are left out, for the
    /// bibliography has them there.
    pub(super) fn pages(&self, pages: &[Symbol], acts: &[Basis]) -> Line {
        let official: Vec<Symbol> =
            acts.iter().filter_map(|basis| self.graph.act(basis.act.unwrap_or(basis.iri))?.page).collect();
        let mut line = Line::new();
        for page in pages.iter().filter(|page| !official.contains(page)) {
            let next = self.order.borrow().len() + 1;
            let number = *self.pages.borrow_mut().entry(*page).or_insert(next);
            if number == next {
                self.order.borrow_mut().push(*page);
            }
            line = line.text("\u{a0}").inside(&format!("page-{number}"), &format!("[{number}]"));
        }
        line
    }

    /// The acts that were cited, by title.
    pub(super) fn acts(&self) -> Vec<Entry> {
        let cited = self.acts.borrow();
        let acts = self.graph.acts.iter().filter(|act| cited.contains(self.graph.text(act.iri)));
        let tongue = self.words.tongue();
        let mut entries: Vec<(Order, Entry)> = acts
            .map(|act| {
                let title = self.title(act);
                (tongue.order(&title), self.entry(act, &title))
            })
            .collect();
        entries.sort_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The pages that were cited, by number.
    pub(super) fn cited_pages(&self) -> Vec<Entry> {
        let order = self.order.borrow();
        let entry = |(at, page): (usize, &Symbol)| {
            let address = self.graph.text(*page);
            Entry {
                id: format!("page-{}", at + 1),
                mark: format!("[{}]", at + 1),
                line: Line::new().web(address, &readable(address)),
            }
        };
        order.iter().enumerate().map(entry).collect()
    }

    fn entry(&self, act: &Act, title: &str) -> Entry {
        let graph = self.graph;
        let mut line = Line::new().strong(title);
        let short = self.short(act);
        if short != title {
            line = line.text(&format!(" ({short})"));
        } else if let Some(number) = act.number {
            line = line.text(&format!(", {}{}", self.words.say("No. ", "№ "), bare(graph.text(number))));
        }
        if let Some(adopted) = act.adopted {
            line = line.text(&format!(", {}", self.words.date(&adopted.to_string())));
        }
        if let Some(end) = act.repealed {
            let until = self.words.say("no longer in force since", "втратив чинність");
            line = line.text(&format!(", {until} {}", self.words.date(&end.to_string())));
        }
        line = line.text(".");
        let pages = act.page.into_iter().chain(act.sources.iter().copied());
        let mut seen: Vec<Symbol> = Vec::new();
        for page in pages.take(3) {
            if !seen.contains(&page) {
                seen.push(page);
                line = line.text(" ").web(graph.text(page), &readable(graph.text(page)));
            }
        }
        Entry { id: act_id(graph.text(act.iri)), mark: String::new(), line }
    }

    /// The title in the report's language, as a sentence may have it.
    fn title(&self, act: &Act) -> String {
        let graph = self.graph;
        let label = act.titles.pick(&graph.texts, self.language);
        let title = label.map_or_else(|| slug(graph.text(act.iri)), |title| graph.text(title));
        match self.words {
            // Official titles begin with what the act is about: "Про ...".
            Words::Ukrainian if title.starts_with("Про ") => format!("{} «{title}»", self.kind(act)),
            _ => super::short(title.to_owned(), super::MOST_NAME),
        }
    }

    fn short(&self, act: &Act) -> String {
        let title = self.title(act);
        match act.number {
            Some(number) if title.chars().count() > SHORT_TITLE => {
                let number = bare(self.graph.text(number));
                format!("{} {}\u{a0}{number}", self.kind(act), self.words.say("No.", "№"))
            }
            _ => title,
        }
    }

    fn kind(&self, act: &Act) -> &'static str {
        let kind = act.kind.map_or("", |kind| self.graph.text(kind));
        match kind {
            "constitution" => self.words.say("Constitution", "Конституція"),
            "code" => self.words.say("Code", "Кодекс"),
            "law" => self.words.say("Law", "Закон"),
            "decree" => self.words.say("Decree", "Указ"),
            "regulation" => self.words.say("Regulation", "Положення"),
            "resolution" => self.words.say("Resolution", "Постанова"),
            "treaty" => self.words.say("Treaty", "Договір"),
            _ => self.words.say("Act", "Акт"),
        }
    }
}

/// Returns a number of an act without the word that it may begin with.
fn bare(number: &str) -> &str {
    ["No. ", "No ", "№ "].iter().find_map(|lead| number.strip_prefix(lead)).unwrap_or(number)
}

/// The id of an act's entry.
fn act_id(iri: &str) -> String {
    format!("act-{}", id(slug(iri)))
}

/// Returns a text as an id: ASCII letters, digits and hyphens.
pub(super) fn id(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            c if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            '-' => id.push('-'),
            // Two texts that differ must not come to one id.
            c => id.push_str(&format!("-{:x}", u32::from(c))),
        }
    }
    id
}

/// Returns an address as people read it: percent-encoded letters decoded, where that gives text; else as it is.
fn readable(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let raw = address.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let pair = address.get(at + 1..at + 3).filter(|_| raw[at] == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            // Only what is no ASCII: a decoded delimiter would be another address.
            Some(byte) if byte >= 0x80 => {
                bytes.push(byte);
                at += 3;
            }
            _ => {
                bytes.push(raw[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_by_people() {
        assert_eq!(readable("https://x/254%D0%BA/96"), "https://x/254к/96");
        assert_eq!(readable("https://x/a%20b%zz%e2"), "https://x/a%20b%zz%e2");
    }

    #[test]
    fn ids_are_ascii_and_differ() {
        assert_eq!(id("law-SBU.1992"), "law-sbu-2e1992");
        assert_ne!(id("є"), id("ї"));
    }
}
