//! An empty workbook for a country desk to begin with, and the sheets that explain the tables.

use super::sheets::Sheet;
use crate::model::{Concept, Graph, Labels};
use crate::tables::facts::{ANSWERS, KINDS, PROVISIONS, TABLES};
use crate::tables::{Column, Holds, Need, Schema, WordList};
use crate::vocab::scheme;

/// Returns the fact tables with their headers and no rows, then `columns` and `words`, which explain them.
///
/// # Arguments
/// * `graph`: holds the ontology, whose words the tables use.
pub fn template(graph: &Graph) -> Vec<Sheet> {
    // What seldom has a use is explained, but not there: names that rows bring along, several acts, provisions.
    let columns = |table: &Schema| {
        let is_there = |column: &&Column| column.need != Need::Optional || !column.example.is_empty();
        let columns = table.columns.iter().filter(is_there);
        columns.map(|column| column.name.to_owned()).collect()
    };
    let tables = TABLES.iter().filter(|table| table.name != PROVISIONS.name);
    let mut sheets: Vec<Sheet> =
        tables.map(|table| Sheet { name: table.name, header: columns(table), rows: Vec::new() }).collect();
    sheets.extend(explanations(graph));
    sheets
}

/// Returns the sheets `columns`, which says what each column is for, and `words`, which lists the allowed words.
pub fn explanations(graph: &Graph) -> [Sheet; 2] {
    let header = |names: [&str; 6]| names.map(str::to_owned).to_vec();
    let mut columns = Vec::new();
    for table in TABLES {
        for column in table.columns {
            let list = match column.holds {
                Holds::Word(list) | Holds::Words(list) => list.what(),
                _ => "",
            };
            let cells = [table.name, column.name, column.need.word(), column.meaning, column.example, list];
            columns.push(cells.map(str::to_owned).to_vec());
        }
        if let Some(prefix) = table.by_language {
            let name = format!("{prefix}<tag>");
            let meaning =
                "Official name in another language, whose tag (BCP 47) ends the header, such as `gd`";
            let cells = [table.name, &name, "may be left out", meaning, "", ""];
            columns.push(cells.map(str::to_owned).to_vec());
        }
    }
    let mut words = Vec::new();
    for list in WordList::ALL {
        for [word, label, definition] in list_of(graph, *list) {
            words.push(vec![list.what().to_owned(), word, label, definition]);
        }
    }
    let mut words_header = header(["list", "word", "name", "definition", "", ""]);
    words_header.truncate(4);
    [
        Sheet {
            name: "columns",
            header: header(["table", "column", "need", "meaning", "example", "list"]),
            rows: columns,
        },
        Sheet { name: "words", header: words_header, rows: words },
    ]
}

/// The words of a list, each with its name and its definition in English.
fn list_of(graph: &Graph, list: WordList) -> Vec<[String; 3]> {
    let vocabulary = &graph.vocabulary;
    let row = |concept: &Concept| {
        let text = |labels: &Labels| {
            labels.pick(&graph.texts, "en").map(|text| graph.text(text).to_owned()).unwrap_or_default()
        };
        [concept.slug.clone(), text(&concept.labels), text(&concept.definition)]
    };
    let of_scheme = |namespace: &str| {
        let words = graph.words.iter().filter(|word| graph.text(word.iri).starts_with(namespace));
        words.map(row).collect()
    };
    let bare = |words: &[&str]| {
        words.iter().map(|word| [(*word).to_owned(), String::new(), String::new()]).collect()
    };
    match list {
        WordList::Type => vocabulary.types.iter().map(|(_, concept)| row(concept)).collect(),
        WordList::Power => vocabulary.powers.iter().map(|(_, concept)| row(concept)).collect(),
        WordList::Mechanism => vocabulary.mechanisms.iter().map(|(_, concept)| row(concept)).collect(),
        WordList::Limit => vocabulary.limits.iter().map(|(_, concept)| row(concept)).collect(),
        WordList::Status => of_scheme(scheme::STATUS),
        WordList::Effect => of_scheme(scheme::EFFECT),
        WordList::Kind => bare(KINDS),
        WordList::Answer => bare(ANSWERS),
    }
}
