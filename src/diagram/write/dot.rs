//! Writes boxes and edges of a scene as DOT, for those who want Graphviz to lay them out.
//!
//! # Invariants
//! * The printer of `graphviz-rust` escapes nothing: every value goes through [`quoted`], or through [`escaped`] into
//!   the table that stands above the graph.
//! * Ids are numbers of our own, so no name can clash with a keyword of DOT.
//! * Long strokes become solid, for Graphviz knows no other patterns than dashed and dotted; those are kept for what
//!   is missing, weak or on paper.

use super::super::font::FONTS;
use super::super::page::{Mark, Sample};
use super::super::scene::{Group, Item, Role, Scene};
use super::super::style::{INK, Line, NAME, gaps_widely};
use super::{WriteError, escaped};
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use std::collections::BTreeMap;

/// Width at which a label is broken into lines, in pixels.
const LABEL_WIDTH: f64 = 280.0;

/// Returns the boxes and edges of `scene` as a DOT document.
pub(super) fn write(scene: &Scene) -> Result<String, WriteError> {
    let groups = scene.groups();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut frames: Vec<(Option<&str>, Vec<Stmt>)> = vec![(None, Vec::new())];
    let mut labels: BTreeMap<&str, &Group> = BTreeMap::new();
    let mut edges = Vec::new();
    for group in &groups {
        match &group.role {
            Role::Frame { id } => {
                labels.insert(id, group);
                frames.push((Some(id), Vec::new()));
            }
            Role::Node { id, frame, line, ground } => {
                let number = numbers.len();
                numbers.insert(id, number);
                let frame = frames.iter().position(|(id, _)| *id == frame.as_deref()).unwrap_or(0);
                frames[frame].1.push(node(number, group, *line, ground));
            }
            Role::Edge { .. } => edges.push(*group),
            _ => {}
        }
    }
    if numbers.is_empty() && groups.iter().any(|group| group.role == Role::Value) {
        return Err(WriteError::NoGraph { view: scene.view });
    }
    let font = FONTS.split(',').next().unwrap_or_default();
    let size = NAME.size.to_string();
    let mut of_graph = attributes(&[
        ("rankdir", "LR"),
        ("ranksep", "3"),
        ("nodesep", "0.1"),
        ("labelloc", "t"),
        ("fontname", font),
        ("fontsize", "11"),
    ]);
    of_graph.push(Attribute(Id::Plain("label".to_owned()), Id::Html(heading(scene))));
    let mut stmts: Vec<Stmt> = vec![
        Stmt::GAttribute(GraphAttributes::Graph(of_graph)),
        Stmt::GAttribute(GraphAttributes::Node(attributes(&[
            ("shape", "box"),
            ("margin", "0.08,0.03"),
            ("height", "0.2"),
            ("fontname", font),
            ("fontsize", &size),
        ]))),
        Stmt::GAttribute(GraphAttributes::Edge(attributes(&[
            ("arrowsize", "0.5"),
            ("fontname", font),
            ("fontsize", "8"),
        ]))),
    ];
    for (at, (id, members)) in frames.into_iter().enumerate() {
        let Some(frame) = id.and_then(|id| labels.get(id)) else {
            stmts.extend(members);
            continue;
        };
        let frame = attributes(&[
            ("label", &frame.label),
            ("color", "#9a9a9a"),
            ("bgcolor", ground(frame)),
            ("fontsize", &size),
        ]);
        stmts.push(Stmt::Subgraph(Subgraph {
            id: Id::Plain(format!("cluster_{at}")),
            stmts: frame.into_iter().map(Stmt::Attribute).chain(members).collect(),
        }));
    }
    stmts.extend(edges.into_iter().filter_map(|group| edge(group, &numbers)));
    let id = Id::Plain("picture".to_owned());
    let mut printed = Graph::DiGraph { id, strict: false, stmts }.print(&mut PrinterContext::default());
    printed.push('\n');
    Ok(printed)
}

/// Returns what stands above the graph, as a table: title, subtitle, a line for each row of the legend, the source.
fn heading(scene: &Scene) -> String {
    let row = |content: &str| format!("<TR><TD ALIGN=\"LEFT\">{content}</TD></TR>");
    // Graphviz takes no empty element.
    let text = |line: &String| (!line.is_empty()).then(|| row(&escaped(line)));
    let title = || row(&format!("<FONT POINT-SIZE=\"16\"><B>{}</B></FONT>", escaped(&scene.title)));
    let mut rows: Vec<String> = (!scene.title.is_empty()).then(title).into_iter().collect();
    rows.extend(scene.subtitle.iter().filter_map(text));
    for samples in &scene.legend {
        // Glyphs and areas are not drawn here, nor then the heading before them.
        let is_drawn = |(mark, _): &&Sample| matches!(mark, Mark::Line(..) | Mark::Box(..));
        let is_whole = samples.iter().all(|sample| is_drawn(&sample) || matches!(sample.0, Mark::None));
        let cells: String = samples.iter().filter(|sample| is_whole || is_drawn(sample)).map(cell).collect();
        if samples.iter().any(|sample| is_drawn(&sample)) {
            rows.push(row(&format!("<TABLE BORDER=\"0\" CELLSPACING=\"3\"><TR>{cells}</TR></TABLE>")));
        }
    }
    rows.extend(text(&scene.source));
    if rows.is_empty() {
        return quoted("");
    }
    format!("<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\">{}</TABLE>>", rows.concat())
}

/// Returns an entry of the legend; nothing for glyphs and areas.
fn cell((mark, word): &Sample) -> String {
    let style = |line: &Line| match pattern(*line) {
        "solid" => "",
        "dotted" => " STYLE=\"dotted\"",
        _ => " STYLE=\"dashed\"",
    };
    let word = escaped(word);
    match mark {
        Mark::None if word.is_empty() => String::new(),
        Mark::None => format!("<TD><B>{word}</B></TD>"),
        Mark::Line(line, _) => {
            let (colour, width) = (line.colour, line.width.round().clamp(1.0, 3.0));
            format!(
                "<TD WIDTH=\"30\" BORDER=\"{width}\" SIDES=\"B\" COLOR=\"{colour}\"{}></TD><TD>{word}</TD>",
                style(line)
            )
        }
        Mark::Box(fill, line) => {
            format!(
                "<TD BORDER=\"1\" COLOR=\"{}\" BGCOLOR=\"{fill}\"{}>{word}</TD>",
                line.colour,
                style(line)
            )
        }
        Mark::Glyph(_) | Mark::Area(..) => String::new(),
    }
}

fn ground(frame: &Group) -> &'static str {
    let fill = frame.items.iter().find_map(|item| match item {
        Item::Rect { fill, .. } => *fill,
        _ => None,
    });
    fill.unwrap_or("#ffffff")
}

/// Returns how Graphviz draws a line.
fn pattern(line: Line) -> &'static str {
    match line.dash {
        dash if !gaps_widely(dash) => "solid",
        dash if dash.starts_with(['1', '2', '3', '4']) => "dotted",
        _ => "dashed",
    }
}

fn node(number: usize, group: &Group, line: Line, ground: &'static str) -> Stmt {
    let lines = NAME.wrap(&group.label, LABEL_WIDTH, usize::MAX).lines.join("\n");
    Stmt::Node(DotNode {
        id: node_id(number),
        attributes: attributes(&[
            ("label", &lines),
            ("color", line.colour),
            ("penwidth", &line.width.to_string()),
            ("style", &format!("filled,rounded,{}", pattern(line))),
            ("fillcolor", ground),
            ("fontcolor", INK),
            ("tooltip", &group.tooltip()),
        ]),
    })
}

fn edge(group: &Group, numbers: &BTreeMap<&str, usize>) -> Option<Stmt> {
    let Role::Edge { from, to, line } = &group.role else { return None };
    let end = |id: &String| numbers.get(id.as_str()).map(|number| Vertex::N(node_id(*number)));
    let words = group.items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.content.as_str()),
        _ => None,
    });
    let label = words.collect::<Vec<_>>().join("\n");
    Some(Stmt::Edge(Edge {
        ty: EdgeTy::Pair(end(from)?, end(to)?),
        attributes: attributes(&[
            ("color", line.colour),
            ("penwidth", &line.width.to_string()),
            ("style", pattern(*line)),
            ("label", &label),
            ("fontcolor", line.colour),
            ("tooltip", &group.tooltip()),
        ]),
    }))
}

fn node_id(at: usize) -> NodeId {
    NodeId(Id::Plain(format!("n{at}")), None)
}

fn attributes(pairs: &[(&str, &str)]) -> Vec<Attribute> {
    let attribute =
        |(name, value): &(&str, &str)| Attribute(Id::Plain((*name).to_owned()), Id::Escaped(quoted(value)));
    pairs.iter().map(attribute).collect()
}

/// Returns `text` in quotes, so that Graphviz shows it letter by letter: `\` begins an escape there, and `&` an HTML
/// entity.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            '\n' => quoted.push_str("\\n"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(quoted("a\"b\\N\n&lt;<x>"), r#""a\"b\\N\n&amp;lt;<x>""#);
    }
}
