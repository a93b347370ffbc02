//! Issues of a check: for the terminal, as JSON, CSV, Markdown and HTML.

use super::markdown::cell;
use super::table::printable;
use super::words::Palette;
use crate::model::short;
use crate::store::check::{Issue, Level, Rule};
use crate::vocab::shorten;
use crate::wording::{Tongue, phrases};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// What a text about issues is made from.
#[derive(Clone, Copy, Debug)]
pub struct Issues<'a> {
    /// The issues, in the order of [`crate::store::check::Checks::run`].
    pub issues: &'a [Issue],
    /// All rules.
    pub rules: &'a [Rule],
    /// Language for people.
    pub language: &'a str,
}

/// Forms for machines are in English, whatever the language for people.
const MACHINE: &str = "en";

/// The counts, as JSON has them.
#[derive(Debug, Serialize)]
struct Counts {
    error: usize,
    warn: usize,
    info: usize,
}

/// One issue, as JSON and CSV have it.
#[derive(Debug, Serialize)]
struct IssueRecord<'a> {
    level: &'static str,
    rule: &'a str,
    subject: &'a str,
    value: Option<&'a str>,
    file: &'a str,
    line: Option<u64>,
    message: &'a str,
    /// What the rule is about, and what to do.
    advice: &'a str,
}

impl<'a> IssueRecord<'a> {
    fn new(issue: &'a Issue, rules: &'a [Rule]) -> Self {
        let rule = rules.iter().find(|rule| rule.id == issue.rule);
        Self {
            level: issue.level.slug(),
            rule: &issue.rule,
            subject: &issue.subject,
            value: Some(issue.value.as_str()).filter(|value| !value.is_empty()),
            file: &issue.document,
            line: issue.line,
            message: issue.message.pick(MACHINE),
            advice: rule.map_or("", |rule| rule.description.pick(MACHINE)),
        }
    }
}

impl<'a> Issues<'a> {
    fn count(&self, level: Level) -> usize {
        self.issues.iter().filter(|issue| issue.level == level).count()
    }

    fn counts(&self) -> Counts {
        Counts {
            error: self.count(Level::Error),
            warn: self.count(Level::Warn),
            info: self.count(Level::Info),
        }
    }

    /// Returns the counts in words.
    fn summary(&self) -> String {
        let Counts { error, warn, info } = self.counts();
        let counted = [(phrases::ERRORS, error), (phrases::WARNINGS, warn), (phrases::INFOS, info)];
        counted.map(|(word, number)| self.tongue().count(word, number)).join(", ")
    }

    /// Returns the issues rule by rule.
    fn by_rule(&self) -> impl Iterator<Item = (&'a str, &'a [Issue])> {
        let same = |a: &Issue, b: &Issue| (a.level, &a.rule) == (b.level, &b.rule);
        self.issues.chunk_by(same).map(|issues| (issues[0].rule.as_str(), issues))
    }

    fn rule(&self, id: &str) -> Option<Said<'a>> {
        let rule = self.rules.iter().find(|rule| rule.id == id)?;
        Some(Said {
            title: rule.title.pick(self.language),
            description: rule.description.pick(self.language),
        })
    }

    fn tongue(&self) -> Tongue {
        Tongue::of(self.language)
    }

    fn level(&self, level: Level) -> &'static str {
        self.tongue().say(match level {
            Level::Error => phrases::LEVEL_ERROR,
            Level::Warn => phrases::LEVEL_WARN,
            Level::Info => phrases::LEVEL_INFO,
        })
    }

    /// Returns what `issue` says that its rule does not.
    fn own_message(&self, issue: &'a Issue, rule: Option<Said<'_>>) -> Option<&'a str> {
        let message = issue.message.pick(self.language);
        let general = rule.is_some_and(|rule| message == rule.description || message == rule.title);
        (!general).then_some(message)
    }
}

/// What a rule says to one reader.
#[derive(Clone, Copy, Debug)]
struct Said<'a> {
    title: &'a str,
    description: &'a str,
}

fn columns(tongue: Tongue) -> [&'static str; 4] {
    [phrases::SUBJECT, phrases::VALUE, phrases::PLACE, phrases::MESSAGE].map(|word| tongue.say(word))
}

/// Returns the place as editors take it: `file:line`.
fn place(issue: &Issue) -> String {
    match issue.line {
        Some(line) => format!("{}:{line}", issue.document),
        None => issue.document.clone(),
    }
}

/// Returns an IRI as people know it: a short id for ours, a prefix for a known namespace; other text stays.
fn brief(value: &str) -> String {
    let id = short(value);
    if id != value {
        return if value.starts_with(crate::vocab::ID) { id.to_owned() } else { shorten(value) };
    }
    match shorten(value) {
        unknown if unknown.starts_with('<') => value.to_owned(),
        known => known,
    }
}

/// Returns the issues for the terminal: the counts, then rule by rule what to do, and each place.
pub fn issues_text(view: &Issues<'_>, title: &str, palette: Palette) -> String {
    let mut text = format!("{}\n", palette.bold(&printable(&format!("{title}: {}", view.summary()))));
    for (id, issues) in view.by_rule() {
        let rule = view.rule(id);
        let level = palette.level(issues[0].level, view.level(issues[0].level));
        let _ = write!(text, "\n{level}  {} ({})", palette.bold(&printable(id)), issues.len());
        match rule {
            Some(rule) if rule.title == rule.description => {}
            Some(rule) => {
                let _ = write!(
                    text,
                    "  {}\n  {}",
                    printable(rule.title),
                    palette.dim(&printable(rule.description))
                );
            }
            None => {}
        }
        text.push('\n');
        for issue in issues {
            let _ = write!(
                text,
                "  {}  {}",
                palette.dim(&printable(&place(issue))),
                printable(&brief(&issue.subject))
            );
            if !issue.value.is_empty() {
                let _ = write!(text, "  {}", printable(&brief(&issue.value)));
            }
            if let Some(message) = view.own_message(issue, rule) {
                let _ = write!(text, "  {}", printable(message));
            }
            text.push('\n');
        }
    }
    text
}

/// Writes a JSON object: `counts` by level, and the `issues`.
///
/// # Errors
/// If `out` takes no more.
pub fn issues_json(view: &Issues<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"counts\":")?;
    serde_json::to_writer(&mut *out, &view.counts())?;
    out.write_all(b",\n\"issues\":[")?;
    for (at, issue) in view.issues.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &IssueRecord::new(issue, view.rules))?;
    }
    out.write_all(b"\n]}\n")
}

/// Writes one row an issue.
///
/// # Errors
/// If `out` takes no more.
pub fn issues_csv(view: &Issues<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["level", "rule", "subject", "value", "file", "line", "message", "advice"])?;
    for issue in view.issues {
        let line = issue.line.map_or(String::new(), |line| line.to_string());
        writer.write_record([
            issue.level.slug(),
            &issue.rule,
            &issue.subject,
            &issue.value,
            &issue.document,
            &line,
            issue.message.pick(MACHINE),
            IssueRecord::new(issue, view.rules).advice,
        ])?;
    }
    writer.flush()
}

/// Returns the issues as Markdown: counts by rule, then a table a rule.
pub fn issues_markdown(view: &Issues<'_>, title: &str) -> String {
    let mut text = format!("# {}\n\n{}\n", cell(title), view.summary());
    if view.issues.is_empty() {
        return text;
    }
    let tongue = view.tongue();
    let [level, rule, count] = [phrases::LEVEL, phrases::RULE, phrases::ISSUES].map(|word| tongue.say(word));
    let _ = writeln!(text, "\n| {level} | {rule} | {count} |\n|---|---|--:|");
    for (id, issues) in view.by_rule() {
        let _ = writeln!(text, "| {} | {} | {} |", view.level(issues[0].level), cell(id), issues.len());
    }
    for (id, issues) in view.by_rule() {
        let rule = view.rule(id);
        let heading = rule.map_or(id, |rule| rule.title);
        let _ = write!(text, "\n## {}: {}\n\n", view.level(issues[0].level), cell(heading));
        if let Some(rule) = rule {
            let _ = write!(text, "{}\n\n", cell(rule.description));
        }
        let _ = writeln!(text, "| {} |\n|---|---|---|---|", columns(tongue).join(" | "));
        for issue in issues {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} |",
                cell(&brief(&issue.subject)),
                cell(&brief(&issue.value)),
                cell(&place(issue)),
                cell(view.own_message(issue, rule).unwrap_or_default()),
            );
        }
    }
    text
}

/// The look of the page; it fetches nothing.
const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:90rem}\
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.25rem .6rem;\
text-align:left;vertical-align:top;overflow-wrap:anywhere}.error{color:#a40000}.warn{color:#8a5a00}\
.info{color:#1f4f8f}";

/// Returns the issues as an HTML page that stands alone.
pub fn issues_html(view: &Issues<'_>, title: &str) -> String {
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{2}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<p>{1}</p>\n",
        escape(title),
        view.summary(),
        view.tongue().tag()
    );
    for (id, issues) in view.by_rule() {
        let rule = view.rule(id);
        let level = issues[0].level;
        let heading = rule.map_or(id, |rule| rule.title);
        let _ = writeln!(
            text,
            "<h2 id=\"{level}-{0}\"><span class=\"{level}\">{4}</span> {1} ({2})</h2>\n<p>{3}</p>",
            escape(id),
            escape(heading),
            issues.len(),
            escape(rule.map_or("", |rule| rule.description)),
            view.level(level),
        );
        let _ = writeln!(text, "<table>\n<tr><th>{}</th></tr>", columns(view.tongue()).join("</th><th>"));
        for issue in issues {
            let _ = writeln!(
                text,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(&brief(&issue.subject)),
                escape(&brief(&issue.value)),
                escape(&place(issue)),
                escape(view.own_message(issue, rule).unwrap_or_default()),
            );
        }
        text.push_str("</table>\n");
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tagged;

    fn issue(value: &str, line: Option<u64>) -> Issue {
        Issue {
            level: Level::Warn,
            rule: "link-repeated".to_owned(),
            subject: "https://w3id.org/oversight/id/xx/link/a".to_owned(),
            value: value.to_owned(),
            message: Tagged::english("<b>|\u{1b}").with("uk", "Так"),
            document: "a.ttl".to_owned(),
            line,
        }
    }

    fn written(language: &str, write: impl FnOnce(&Issues<'_>) -> String) -> String {
        let issues = [issue("https://w3id.org/oversight/type/court", Some(3)), issue("", None)];
        let rules = [Rule {
            id: "link-repeated".to_owned(),
            level: Level::Warn,
            title: Tagged::english("Twice").with("uk", "Двічі"),
            description: Tagged::english("To do: once."),
        }];
        write(&Issues { issues: &issues, rules: &rules, language })
    }

    #[test]
    fn the_text_names_place_subject_value_and_message() {
        let text = written("en", |view| issues_text(view, "Check", Palette::Plain));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "Check: 0 errors, 2 warnings, 0 infos",
                "",
                "warn  link-repeated (2)  Twice",
                "  To do: once.",
                "  a.ttl:3  xx/link/a  type:court  <b>| ",
                "  a.ttl  xx/link/a  <b>| ",
            ]
        );
    }

    #[test]
    fn a_reader_gets_the_words_of_the_language_and_a_machine_those_of_english() {
        let text = written("uk", |view| issues_text(view, "Перевірка", Palette::Plain));
        assert!(text.starts_with(
            "Перевірка: 0 помилок, 2 попередження, 0 приміток\n\nпопередження  link-repeated (2)  Двічі\n"
        ));
        assert!(text.contains("  a.ttl:3  xx/link/a  type:court  Так\n"), "{text}");
        let html = written("uk", |view| issues_html(view, "Перевірка"));
        assert!(html.contains("<html lang=\"uk\">") && html.contains("<th>об’єкт</th>"), "{html}");
        let csv = |language| {
            written(language, |view| {
                let mut out = Vec::new();
                issues_csv(view, &mut out).unwrap();
                String::from_utf8(out).unwrap()
            })
        };
        assert_eq!(csv("uk"), csv("en"));
    }

    #[test]
    fn markup_in_the_data_stays_text() {
        let markdown = written("en", |view| issues_markdown(view, "Check"));
        assert!(markdown.contains("| xx/link/a | type:court | a.ttl:3 | &lt;b>\\|  |"), "{markdown}");
        let html = written("en", |view| issues_html(view, "Check"));
        assert!(html.contains("<td>type:court</td><td>a.ttl:3</td><td>&lt;b&gt;| </td>"), "{html}");
    }

    #[test]
    fn json_and_csv_have_whole_iris() {
        let json = written("en", |view| {
            let mut out = Vec::new();
            issues_json(view, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        });
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["counts"], serde_json::json!({"error": 0, "warn": 2, "info": 0}));
        assert_eq!(json["issues"][0]["line"], 3);
        assert_eq!(json["issues"][1]["value"], serde_json::Value::Null);
        let csv = written("en", |view| {
            let mut out = Vec::new();
            issues_csv(view, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        });
        assert!(
            csv.contains("\nwarn,link-repeated,https://w3id.org/oversight/id/xx/link/a,,a.ttl,,"),
            "{csv}"
        );
    }
}
