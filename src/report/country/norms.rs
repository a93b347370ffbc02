//! The same findings by guidance document, norm by norm, and by principle.

use super::words::upper;
use super::{Maker, NOT_MET};
use crate::gaps::{Finding, Verdict};
use crate::model::{InstitutionId, Norm, Symbol};
use crate::report::document::{Block, Cell, Column, Entry, Line, Row, Table};
use crate::wording::Order;
use std::collections::BTreeMap;

/// Findings by the id of their norm.
type ByNorm<'a, 'g> = BTreeMap<&'a str, Vec<&'a Finding<'g>>>;
/// Bodies, or norms, that a line names before it counts the rest.
const MOST: usize = 8;

/// How many of `count` a line names, and how many are left: never one, which takes no more room than its number.
fn shown(count: usize) -> (usize, usize) {
    let named = if count <= MOST + 1 { count } else { MOST };
    (named, count - named)
}

impl<'g> Maker<'_, 'g> {
    /// The chapter on documents: every norm that was held against a body, with what it came to.
    pub(super) fn norms(&mut self) {
        let words = self.words;
        self.heading(1, "documents", words.say("By guidance document", "За настановчими документами"), true);
        self.say(
            "Every norm that binds a body of this country, in the words of this program; the place in the document is \
             given with it. Behind each stands what it came to.",
            "Кожна норма, що стосується органів цієї країни, у викладі цієї програми, із зазначенням місця в документі. \
             Після неї подано висновки.",
        );
        let tongue = words.tongue();
        let mut by_document: BTreeMap<(bool, Order, Option<Symbol>), (String, ByNorm<'_, 'g>)> =
            BTreeMap::new();
        for finding in self.input.findings {
            let document = finding.norm.document.and_then(|iri| self.graph.document(iri));
            let name = document.map_or_else(
                || words.say("Norms of no document", "Норми без документа").to_owned(),
                |document| self.document_name(document),
            );
            let key = (document.is_none(), tongue.order(&name), document.map(|document| document.iri));
            let (_, norms) = by_document.entry(key).or_insert_with(|| (name, ByNorm::new()));
            norms.entry(&finding.norm.id).or_default().push(finding);
        }
        for ((_, _, iri), (name, norms)) in by_document {
            let document = iri.and_then(|iri| self.graph.document(iri));
            let id = document.map_or("document--none".to_owned(), |document| self.document_id(document));
            self.heading(2, &id, &name, false);
            let publisher = document.and_then(|document| document.publisher);
            let page = document.and_then(|document| document.page);
            let mut line = Line::new();
            if let Some(publisher) = publisher {
                line = line.text(&format!("{}. ", self.graph.text(publisher)));
            }
            if let Some(page) = page {
                line = line.web(self.graph.text(page), self.graph.text(page)).text(". ");
            }
            let all: Vec<&Finding<'_>> = norms.values().flatten().copied().collect();
            line = line.text(&upper(&self.tally(&all))).text(".");
            self.push(Block::Small(line));
            let entries = norms.into_values().map(|findings| self.entry(&findings)).collect();
            self.push(Block::Entries(entries));
        }
    }

    /// One norm: its duty, its weight and place, what it came to, and for whom it is not met.
    fn entry(&self, findings: &[&Finding<'g>]) -> Entry {
        let norm: &Norm = findings[0].norm;
        let mut line = Line::new().strong(&self.norm_title(norm));
        let mut beside = vec![self.words.severity(norm.severity).to_owned()];
        beside.extend(self.place_in_document(norm));
        line = line.text(&format!(" ({}). ", beside.join("; ")));
        if let Some(duty) = self.text(&norm.duty) {
            line = line.text(&format!("{duty} "));
        }
        line = line.text(&upper(&self.tally(findings))).text(".");
        for verdict in Verdict::ALL.iter().filter(|verdict| NOT_MET.contains(verdict)) {
            let such = findings.iter().filter(|finding| finding.verdict == *verdict);
            let mut bodies: Vec<InstitutionId> = such.map(|finding| finding.institution).collect();
            bodies.sort_by_cached_key(|id| self.order(*id));
            if bodies.is_empty() {
                continue;
            }
            let (most, more) = shown(bodies.len());
            line = line
                .text(" ")
                .verdict(*verdict, &upper(self.words.verdict(*verdict)))
                .text(": ")
                .line(Line::join(bodies.into_iter().take(most).map(|id| self.named(id)), "; "));
            if more > 0 {
                line = line.text(&self.words.say(format!("; and {more} more"), format!("; і ще {more}")));
            }
            line = line.text(".");
        }
        Entry { id: Self::norm_id(norm), mark: norm.id.clone(), line }
    }

    /// `12 met, 1 gap`.
    fn tally(&self, findings: &[&Finding<'_>]) -> String {
        let count = |verdict: &Verdict| {
            let count = findings.iter().filter(|finding| finding.verdict == *verdict).count();
            (count > 0).then(|| self.words.verdicts(*verdict, count))
        };
        super::summary::shown().iter().filter_map(count).collect::<Vec<_>>().join(", ")
    }

    /// The chapter on principles.
    pub(super) fn principles(&mut self) {
        let words = self.words;
        let mut rows = Vec::new();
        let mut meanings = Vec::new();
        let tongue = words.tongue();
        let mut principles: Vec<_> = self.graph.principles.iter().collect();
        principles.sort_by_cached_key(|principle| tongue.order(&self.principle_name(principle)));
        for principle in principles {
            let serve: Vec<&Finding<'g>> =
                self.input.findings.iter().filter(|f| f.norm.principles.contains(&principle.iri)).collect();
            if serve.is_empty() {
                continue;
            }
            let count = |verdict| serve.iter().filter(|finding| finding.verdict == verdict).count();
            let mut open: BTreeMap<&str, &Norm> = BTreeMap::new();
            for finding in serve.iter().filter(|finding| NOT_MET.contains(&finding.verdict)) {
                open.insert(&finding.norm.id, finding.norm);
            }
            let (most, more) = shown(open.len());
            let links =
                open.values().take(most).map(|norm| Line::new().inside(&Self::norm_id(norm), &norm.id));
            let mut norms = Line::join(links, ", ");
            if more > 0 {
                norms = norms.text(&words.say(format!(" and {more} more"), format!(" і ще {more}")));
            }
            let name = self.principle_name(principle);
            if let Some(definition) = self.text(&principle.definition) {
                meanings.push((name.clone(), Line::new().text(&definition)));
            }
            let counts =
                super::summary::shown().into_iter().map(|verdict| Cell::from(words.number(count(verdict))));
            let cells = [Cell::from(name)].into_iter().chain(counts).chain([Cell::from(norms)]);
            rows.push(Row::Cells(cells.collect()));
        }
        if rows.is_empty() {
            return;
        }
        self.heading(1, "principles", words.say("By principle", "За принципами"), true);
        self.say(
            "A norm may serve several principles and then counts under each.",
            "Одна норма може слугувати кільком принципам, тоді її враховано за кожним.",
        );
        let mut columns = self.verdict_columns(words.say("Principle", "Принцип"), 18);
        columns.pop();
        columns.push(Column {
            head: words.say("Norms not met", "Невиконані норми").to_owned(),
            share: 28,
            numeric: false,
        });
        self.push(Block::Table(Table {
            caption: words.say("Findings by principle", "Висновки за принципами").to_owned(),
            columns,
            rows,
            ..Table::default()
        }));
        if !meanings.is_empty() {
            self.say("What the principles mean:", "Що означають принципи:");
            self.push(Block::Terms(meanings));
        }
    }
}
