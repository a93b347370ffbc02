//! Writes a picture as DOT, for those who want Graphviz to lay it out.
//!
//! # Invariants
//! * The printer of `graphviz-rust` escapes nothing: every value goes through [`quoted`].
//! * Ids are numbers of our own, so no name can clash with a keyword of DOT.
//! * Dashed is missing or on paper, dotted is not enough; pillars are told apart by colour and frame alone, for
//!   Graphviz has no other patterns.

use super::style;
use super::{EdgeKind, Node, NodeKind, Picture, Side};
use crate::model::Pillar;
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

/// Width at which a label is broken into lines, in pixels.
const LABEL_WIDTH: f64 = 330.0;

/// Returns `picture` as a DOT document.
pub(super) fn write(picture: &Picture) -> String {
    let font = style::FONTS.split(',').next().unwrap_or_default();
    let size = style::NAME.size.to_string();
    let around = [&picture.title].into_iter().chain(&picture.subtitle).chain([&picture.source]);
    let heading = around.map(String::as_str).collect::<Vec<_>>().join("\n");
    let mut stmts: Vec<Stmt> = vec![
        Stmt::GAttribute(GraphAttributes::Graph(attributes(&[
            ("rankdir", "LR"),
            ("ranksep", "6"),
            ("nodesep", "0.08"),
            ("newrank", "true"),
            ("label", &heading),
            ("labelloc", "t"),
            ("fontname", font),
            ("fontsize", "14"),
        ]))),
        Stmt::GAttribute(GraphAttributes::Node(attributes(&[
            ("shape", "box"),
            ("margin", "0.08,0.03"),
            ("height", "0.2"),
            ("fontname", font),
            ("fontsize", &size),
        ]))),
        Stmt::GAttribute(GraphAttributes::Edge(attributes(&[
            ("arrowsize", "0.5"),
            ("headport", "w"),
            ("tailport", "e"),
            ("fontname", font),
        ]))),
    ];
    for (at, group) in picture.groups.iter().enumerate() {
        let rank = if group.side == Side::Left { "min" } else { "max" };
        let frame = attributes(&[
            ("label", &group.label),
            ("color", style::colour(group.pillar)),
            ("bgcolor", style::ground(group.pillar)),
            ("fontsize", &size),
            ("rank", rank),
        ]);
        let members = picture.nodes.iter().enumerate().filter(|(_, node)| node.group == at);
        let members = members.map(|(id, node)| node_stmt(id, node, group.pillar));
        stmts.push(Stmt::Subgraph(Subgraph {
            id: Id::Plain(format!("cluster_{at}")),
            stmts: frame.into_iter().map(Stmt::Attribute).chain(members).collect(),
        }));
    }
    stmts.extend(picture.edges.iter().map(|edge| {
        let line = style::edge(edge.kind);
        let (pattern, mark) = match edge.kind {
            EdgeKind::InForce(_) => ("solid", ""),
            EdgeKind::OnPaper | EdgeKind::Missing => ("dashed", ""),
            EdgeKind::NotEnough => ("dotted", ""),
            EdgeKind::Forbidden => ("solid", "✕"),
        };
        let end = |node| Vertex::N(node_id(node));
        Stmt::Edge(Edge {
            ty: EdgeTy::Pair(end(edge.from), end(edge.to)),
            attributes: attributes(&[
                ("color", line.colour),
                ("penwidth", &line.width.to_string()),
                ("style", pattern),
                ("label", mark),
                ("fontcolor", line.colour),
                ("tooltip", &edge.tooltip),
            ]),
        })
    }));
    let id = Id::Plain("picture".to_owned());
    let mut printed = Graph::DiGraph { id, strict: false, stmts }.print(&mut PrinterContext::default());
    printed.push('\n');
    printed
}

fn node_stmt(id: usize, node: &Node, pillar: Option<Pillar>) -> Stmt {
    let (line, ground) = style::node(node.kind, pillar);
    let (pattern, ink) = match node.kind {
        NodeKind::Body | NodeKind::Overseer => ("filled,rounded", style::INK),
        NodeKind::OnPaper => ("filled,rounded,dashed", style::PALE_INK),
        NodeKind::NotEnough => ("filled,rounded,dotted", style::RED),
        NodeKind::Missing => ("filled,rounded,dashed", style::RED),
    };
    let number = node.number.map_or(String::new(), |number| format!("{number}  "));
    let name = format!("{number}{}", node.label);
    let rows = node.rows.iter().map(|row| {
        let colon = if row.ids.is_empty() { "" } else { ": " };
        format!("{} {}{colon}{}", row.count, style::word(row.verdict), row.ids.join(", "))
    });
    let lines = [name].into_iter().chain(rows);
    let lines = lines.flat_map(|line| style::NAME.wrap(&line, LABEL_WIDTH, usize::MAX).lines);
    Stmt::Node(DotNode {
        id: node_id(id),
        attributes: attributes(&[
            ("label", &lines.collect::<Vec<_>>().join("\n")),
            ("color", line.colour),
            ("penwidth", &line.width.to_string()),
            ("style", pattern),
            ("fillcolor", ground),
            ("fontcolor", ink),
            ("tooltip", &node.tooltip),
        ]),
    })
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
