//! A question: SPARQL text under grlc's `#+` decorators, which say what it asks and what it may be given.
//!
//! The decorators are YAML behind `#+` at the head of lines: `summary`, `description`, `tags` and `parameters`. A
//! parameter is a variable of the query. `summary@uk` and `description@uk` say the same in Ukrainian, and are ours. Keys
//! that only grlc's server needs are allowed and not looked at.

use super::parameter::{Kind, Parameter};
use crate::model::Tagged;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A query and what its decorators say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The id: the file's name without extension.
    pub id: String,
    /// The question in a line, without a full stop; empty where the text does not say.
    pub summary: Tagged,
    /// What is counted, how, and what is left out.
    pub description: Tagged,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What it may be given, in the order of the text.
    pub parameters: Vec<Parameter>,
    /// The whole text, decorators included.
    pub text: String,
}

/// Decorators that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{id}`, line {line}: {message}")]
pub struct DecoratorError {
    /// The query.
    pub id: String,
    /// The line, from 1; 0 where it is not known.
    pub line: u64,
    /// What is wrong.
    pub message: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decorators {
    #[serde(default)]
    summary: String,
    #[serde(default, rename = "summary@uk")]
    summary_uk: String,
    #[serde(default)]
    description: String,
    #[serde(default, rename = "description@uk")]
    description_uk: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    parameters: Option<Vec<Declared>>,
    #[serde(rename = "endpoint")]
    _endpoint: Option<IgnoredAny>,
    #[serde(rename = "endpoint_in_url")]
    _endpoint_in_url: Option<IgnoredAny>,
    #[serde(rename = "method")]
    _method: Option<IgnoredAny>,
    #[serde(rename = "mime")]
    _mime: Option<IgnoredAny>,
    #[serde(rename = "pagination")]
    _pagination: Option<IgnoredAny>,
    #[serde(rename = "enumerate")]
    _enumerate: Option<IgnoredAny>,
    #[serde(rename = "defaults")]
    _defaults: Option<IgnoredAny>,
    #[serde(rename = "transform")]
    _transform: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    default: Option<String>,
    required: Option<bool>,
    #[serde(default)]
    description: String,
    #[serde(default, rename = "description@uk")]
    description_uk: String,
}

impl Question {
    /// Reads the decorators of `text`; text without any is a question without parameters.
    ///
    /// # Errors
    /// [`DecoratorError`] for YAML that is none, an unknown key or type, a parameter that stands twice, that is no
    /// name of a variable or no variable of the text, or that is optional and has a default.
    ///
    /// # Examples
    /// ```
    /// use oversight::store::Question;
    /// let question = Question::parse(
    ///     "hearings",
    ///     "#+ summary: Who hears whom\n#+ parameters:\n#+   - {name: who, type: institution}\n\
    ///      SELECT ?whom { ?who ov:hears ?whom }",
    /// )?;
    /// assert_eq!(question.summary.pick("en"), "Who hears whom");
    /// assert_eq!(question.parameters[0].name, "who");
    /// # Ok::<(), oversight::store::DecoratorError>(())
    /// ```
    pub fn parse(id: &str, text: &str) -> Result<Self, DecoratorError> {
        // What editors on Windows leave before the first letter.
        let text = text.trim_start_matches('\u{feff}');
        // Lines that are no decorators become empty ones, so that a line of the YAML is a line of the file.
        let yaml: Vec<&str> = text.lines().map(|line| line.strip_prefix("#+").unwrap_or("")).collect();
        let error = |line, message: String| DecoratorError { id: id.to_owned(), line, message };
        let decorators: Decorators = if yaml.iter().all(|line| line.trim().is_empty()) {
            Decorators::default()
        } else {
            serde_saphyr::from_str(&yaml.join("\n")).map_err(|fault| {
                let line = fault.location().map_or(0, |location| location.line());
                let message = fault.without_snippet().to_string();
                error(line, message.lines().next().unwrap_or_default().to_owned())
            })?
        };
        let mut parameters: Vec<Parameter> = Vec::new();
        for declared in decorators.parameters.unwrap_or_default() {
            let named = |message: &str| {
                let line = line_of(&yaml, &declared.name);
                error(line, format!("the parameter `{}` {message}", declared.name))
            };
            if !is_variable(&declared.name) || !mentions(text, &declared.name) {
                return Err(named("is no variable of the query"));
            }
            if parameters.iter().any(|parameter| parameter.name == declared.name) {
                return Err(named("stands twice"));
            }
            let Some(kind) = Kind::of_slug(&declared.kind) else {
                let hint = crate::model::nearest(&declared.kind, Kind::ALL.iter().map(|kind| kind.slug()));
                let hint = hint.map(|hint| format!(", did you mean `{hint}`?")).unwrap_or_default();
                return Err(named(&format!("has the unknown type `{}`{hint}", declared.kind)));
            };
            if declared.default.is_some() && declared.required.is_some() {
                return Err(named("has a default, so it is neither required nor left open"));
            }
            parameters.push(Parameter {
                name: declared.name,
                kind,
                required: declared.default.is_none() && declared.required != Some(false),
                default: declared.default,
                description: tagged(&declared.description, &declared.description_uk),
            });
        }
        Ok(Self {
            id: id.to_owned(),
            summary: tagged(&decorators.summary, &decorators.summary_uk),
            description: tagged(&decorators.description, &decorators.description_uk),
            tags: decorators.tags,
            parameters,
            text: text.to_owned(),
        })
    }

    /// Returns the text without the decorators.
    pub fn sparql(&self) -> String {
        let lines = self.text.lines().filter(|line| !line.starts_with("#+"));
        lines.fold(String::new(), |text, line| text + line + "\n")
    }
}

/// Returns the line, from 1, of the decorators on which the parameter stands.
fn line_of(yaml: &[&str], name: &str) -> u64 {
    let stands = |line: &&str| line.contains("name:") && line.contains(name);
    yaml.iter().position(stands).map_or(0, |at| at as u64 + 1)
}

/// Returns folded lines as one line, in both languages.
fn tagged(english: &str, ukrainian: &str) -> Tagged {
    Tagged::english(one_line(english)).with("uk", one_line(ukrainian))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_variable(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty()
}

/// Returns whether the variable stands in the text outside of the decorators.
fn mentions(text: &str, name: &str) -> bool {
    text.lines().filter(|line| !line.starts_with("#+")).any(|line| {
        line.split(['?', '$']).skip(1).any(|rest| {
            rest.strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(decorators: &str) -> String {
        let text = format!("{decorators}\nSELECT * {{ ?body ?p ?o }}");
        Question::parse("x", &text).unwrap_err().to_string()
    }

    #[test]
    fn a_text_without_decorators_is_a_question() {
        let question = Question::parse("x", "SELECT * { ?s ?p ?o }").unwrap();
        assert!(question.parameters.is_empty() && question.summary.pick("en").is_empty());
        assert_eq!(question.sparql(), "SELECT * { ?s ?p ?o }\n");
    }

    #[test]
    fn defaults_are_kept_as_text_and_folded_lines_become_one() {
        let question = Question::parse(
            "x",
            "#+ summary: Sum\n#+ summary@uk: Сума\n#+ description: >\n#+   one\n#+   two\n#+ tags: [a, b]\n#+ endpoint: http://x\n\
             #+ parameters:\n#+   - name: y\n#+     type: year\n#+     default: 1900\n#+   - name: z\n\
             #+     type: boolean\n#+     default: false\nSELECT * { ?y ?z ?o }",
        )
        .unwrap();
        assert_eq!((question.summary.pick("uk"), question.description.pick("uk")), ("Сума", "one two"));
        assert_eq!(question.tags, ["a", "b"]);
        let defaults: Vec<_> = question.parameters.iter().map(|p| p.default.as_deref()).collect();
        assert_eq!(defaults, [Some("1900"), Some("false")]);
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let unknown = refused("#+ summary: a\n#+ sumary: b");
        assert!(unknown.starts_with("`x`, line 2: ") && unknown.contains("sumary"), "{unknown}");
        let broken = refused("#+ summary: [a");
        assert!(broken.starts_with("`x`, line "), "{broken}");
        for (parameter, message) in [
            ("{name: nobody, type: date}", "is no variable of the query"),
            ("{name: bod, type: date}", "is no variable of the query"),
            ("{name: body, type: dat}", "unknown type `dat`, did you mean `date`?"),
            ("{name: body, type: date, default: today, required: true}", "has a default"),
            ("{name: body, type: date}\n#+   - {name: body, type: date}", "stands twice"),
            ("{name: body}", "type"),
        ] {
            let text = refused(&format!("#+ parameters:\n#+   - {parameter}"));
            assert!(text.starts_with("`x`, line 2: ") && text.contains(message), "{text}");
        }
    }
}
