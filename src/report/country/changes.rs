//! What changed since a day: findings whose verdict differs, and the links and acts behind it.

use super::words::upper;
use super::{Maker, once};
use crate::change::{Difference, Shift};
use crate::gaps::Verdict;
use crate::model::{Day, InstitutionId, LinkId};
use crate::report::document::{Block, Line};
use std::collections::BTreeMap;

/// Overseers whose links a change names before it counts the rest.
const MOST_CAUSES: usize = 3;

impl<'g> Maker<'_, 'g> {
    /// The chapter on changes, where a day was given.
    pub(super) fn changes(&mut self) {
        let Some((since, changes)) = self.input.since else { return };
        let words = self.words;
        let (from, to) = (words.day(since), words.day(self.input.world.day()));
        self.heading(
            1,
            "changes",
            &words.say(format!("Changes since {from}"), format!("Зміни з {from} року")),
            true,
        );
        let text = words.say(
            format!(
                "{} between {from} and {to}. Norms and data are the same for both days; only the law differs, as far as \
                 the record goes back: a start or an end that is not on record shows as no change. Where the record \
                 holds only the act now in force, a control that an older act gave already shows as begun: before a \
                 change for the better is signed, look at the law before.",
                upper(&words.count(changes.len(), ["finding differs", "findings differ"], [""; 3])),
            ),
            format!(
                "Між {from} року та {to} року {}. Норми й дані для обох днів ті самі; різниться лише право, наскільки \
                 сягає облік: якщо початку чи кінця в обліку немає, зміни не видно. Якщо в обліку є лише нині чинний акт, \
                 контроль, який давав уже попередній акт, виглядає як новий: перш ніж підписати зміну на краще, \
                 перегляньте попереднє право.",
                words.count(
                    changes.len(),
                    [""; 2],
                    ["висновок змінився", "висновки змінилися", "висновків змінилося"]
                ),
            ),
        );
        self.paragraph(Line::new().text(&text));
        let (bound, shifted): (Vec<&Difference<'g>>, Vec<&Difference<'g>>) =
            changes.iter().partition(|change| change.before.is_none() || change.after.is_none());
        // From unknown, or to it, nothing is better or worse: only the record says more, or less.
        let is_unknown =
            |change: &&Difference<'g>| [change.before, change.after].contains(&Some(Verdict::Unknown));
        let (known, shifted): (Vec<_>, Vec<_>) = shifted.into_iter().partition(is_unknown);
        let (better, worse): (Vec<_>, Vec<_>) = shifted.into_iter().partition(|change| change.is_better());
        for (id, english, ukrainian, such) in [
            ("changes-better", "For the better", "На краще", better),
            ("changes-worse", "For the worse", "На гірше", worse),
            ("changes-known", "From unknown or to unknown", "З невідомого або в невідоме", known),
        ] {
            if such.is_empty() {
                continue;
            }
            self.heading(2, id, words.say(english, ukrainian), true);
            let lines = self.alike(such);
            self.push(Block::Bullets(lines));
        }
        if !bound.is_empty() {
            let head =
                words.say("Norms that bind more or fewer bodies", "Норми, коло адресатів яких змінилося");
            self.heading(2, "changes-bound", head, true);
            self.say(
                "A body was founded, dissolved or renamed, or its type or its powers came under a norm, or ceased to.",
                "Орган створено, ліквідовано чи перейменовано або його тип чи повноваження підпали під норму чи вийшли з-під \
                 неї.",
            );
            let lines = self.bound(&bound);
            self.push(Block::Bullets(lines));
        }
        self.acts_between(since);
    }

    /// Tells changes of one norm with the same verdicts and causes once, for all their bodies.
    fn alike(&self, changes: Vec<&Difference<'g>>) -> Vec<Line> {
        let mut groups: Vec<Vec<&Difference<'g>>> = Vec::new();
        for change in changes {
            let key = |c: &Difference<'g>| (c.norm.id.clone(), c.before, c.after, c.causes.clone());
            match groups.iter_mut().find(|group| key(group[0]) == key(change)) {
                Some(group) => group.push(change),
                None => groups.push(vec![change]),
            }
        }
        groups.iter().map(|group| self.change(group)).collect()
    }

    fn change(&self, group: &[&Difference<'g>]) -> Line {
        let words = self.words;
        let change = group[0];
        let bodies = Line::join(group.iter().map(|change| self.named(change.institution)), ", ");
        let mut line = bodies.text(": ").strong(&self.norm_title(change.norm)).text(" (");
        let id = Self::norm_id(change.norm);
        let is_told = self.input.findings.iter().any(|finding| finding.norm.id == change.norm.id);
        line = if is_told { line.inside(&id, &change.norm.id) } else { line.text(&change.norm.id) };
        line = line.text("): ");
        for (at, verdict) in [change.before, change.after].into_iter().flatten().enumerate() {
            line = if at == 0 { line } else { line.text(" → ") };
            line = line.verdict(verdict, words.verdict(verdict));
        }
        line = line.text(".");
        let mut causes: Vec<((Shift, InstitutionId), Vec<LinkId>)> = Vec::new();
        for cause in &change.causes {
            let key = (cause.shift, self.graph.link(cause.link).0);
            match causes.iter_mut().find(|(known, _)| *known == key) {
                Some((_, links)) => links.push(cause.link),
                None => causes.push((key, vec![cause.link])),
            }
        }
        if causes.is_empty() {
            return line;
        }
        let most = if causes.len() == MOST_CAUSES + 1 { causes.len() } else { MOST_CAUSES };
        let more = causes.len().saturating_sub(most);
        let told = causes.iter().take(most).map(|((shift, overseer), links)| {
            let controls = once(links.iter().map(|link| self.cause(*link, group)));
            Line::new()
                .text(&format!("{} – {}: ", self.shift(*shift), self.name(*overseer)))
                .line(Line::join(controls, ", "))
        });
        line = line.text(words.say(" Behind it: ", " Підстава: ")).line(Line::join(told, "; "));
        if more > 0 {
            line = line.text(&words.say(format!("; and {more} more"), format!("; і ще {more}")));
        }
        line.text(".")
    }

    /// Counts, body by body, the norms that bind it newly or no longer.
    fn bound(&self, changes: &[&Difference<'g>]) -> Vec<Line> {
        let words = self.words;
        let mut by_body: BTreeMap<InstitutionId, Vec<&Difference<'g>>> = BTreeMap::new();
        for change in changes {
            by_body.entry(change.institution).or_default().push(change);
        }
        let tell = |(id, changes): (InstitutionId, Vec<&Difference<'g>>)| {
            let mut parts: Vec<String> = Vec::new();
            for (english, ukrainian, of) in [
                (["norm more", "norms more"], "нових норм", 1),
                (["norm fewer", "norms fewer"], "норм менше", 0),
            ] {
                let verdicts: Vec<Verdict> = changes
                    .iter()
                    .filter(|change| [change.after, change.before][of].is_none())
                    .filter_map(|change| [change.before, change.after][of])
                    .collect();
                if verdicts.is_empty() {
                    continue;
                }
                let counts: Vec<String> = super::summary::shown()
                    .into_iter()
                    .filter_map(|verdict| {
                        let count = verdicts.iter().filter(|v| **v == verdict).count();
                        (count > 0).then(|| words.verdicts(verdict, count))
                    })
                    .collect();
                let number = verdicts.len();
                let what = words.say(words.count(number, english, [""; 3]), format!("{ukrainian}: {number}"));
                parts.push(format!("{what} ({})", counts.join(", ")));
            }
            self.named(id).text(&format!(": {}.", parts.join("; ")))
        };
        by_body.into_iter().map(tell).collect()
    }

    fn shift(&self, shift: Shift) -> &'static str {
        match shift {
            Shift::Began => self.words.say("control begun", "з’явився контроль"),
            Shift::Ended => self.words.say("control ended", "припинився контроль"),
            Shift::Enlivened => self.words.say("control that works now", "почав діяти контроль"),
            Shift::Idled => self.words.say("control that works no longer", "перестав діяти контроль"),
            Shift::Independence => {
                self.words.say("control whose independence changed", "змінилася незалежність контролю")
            }
        }
    }

    fn cause(&self, id: LinkId, group: &[&Difference<'g>]) -> Line {
        let words = self.words;
        let link = &self.graph.network[id];
        let mut caveats = Vec::new();
        let overseen = self.graph.link(id).2;
        if !group.iter().any(|change| change.institution == overseen) {
            caveats.push(self.over(overseen));
        }
        caveats.extend(link.interval.start.map(|start| words.since(start)));
        caveats.extend(link.interval.end.map(|end| words.until(end)));
        if !link.verified {
            caveats.push(words.say("not verified", "не перевірено").to_owned());
        }
        self.control(id, &caveats, false)
    }

    /// The acts that came into force, or went out of it, between the days, as far as the record says.
    fn acts_between(&mut self, since: Day) {
        let words = self.words;
        let now = self.input.world.day();
        let between = |day: Day| day > since && day <= now;
        let mut lists = [Vec::new(), Vec::new()];
        for act in &self.graph.acts {
            let basis = crate::model::Basis { iri: act.iri, act: Some(act.iri), number: None };
            let dated = |date: crate::model::Date| {
                self.cite.basis(&[basis], true).text(&format!(" ({})", words.date(&date.to_string())))
            };
            lists[0].extend(act.in_force.filter(|date| between(date.first_day())).map(dated));
            lists[1].extend(act.repealed.filter(|date| between(date.first_day_after())).map(dated));
        }
        let leads = [
            words.say("Acts that came into force: ", "Акти, що набрали чинності: "),
            words.say("Acts that are no longer in force: ", "Акти, що втратили чинність: "),
        ];
        for (lead, acts) in leads.into_iter().zip(lists) {
            if !acts.is_empty() {
                self.push(Block::Small(Line::new().strong(lead).line(Line::join(acts, "; ")).text(".")));
            }
        }
    }
}
