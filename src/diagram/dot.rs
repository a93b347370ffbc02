//! Writes a picture as DOT, for those who want Graphviz to lay it out.
//!
//! # Invariants
//! * The printer of `graphviz-rust` escapes nothing: every text goes through [`quoted`].
//! * Ids are numbers of our own, so no name can clash with a keyword of DOT.

use super::style::{self, Line};
use super::{EdgeKind, Node, NodeKind, Picture, Side};
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

/// Returns `picture` as a DOT document.
pub(super) fn write(picture: &Picture) -> String {
    let heading = [picture.title.as_str()]
        .into_iter()
        .chain(picture.subtitle.iter().map(String::as_str))
        .chain([picture.source.as_str()])
        .collect::<Vec<_>>()
        .join("\n");
    let fonts = style::FONTS.split(',').next().unwrap_or_default();
    let size = |value: f64| format!("{value}");
    let mut stmts: Vec<Stmt> = vec![
        GraphAttributes::Graph(vec![
            plain("rankdir", "LR"),
            text("label", &heading),
            plain("labelloc", "t"),
            plain("ranksep", "6"),
            plain("nodesep", "0.08"),
            plain("newrank", "true"),
            text("fontname", fonts),
            text("fontsize", &size(style::TITLE.size)),
        ])
        .into(),
        GraphAttributes::Node(vec![
            plain("shape", "box"),
            text("style", "filled,rounded"),
            text("fontname", fonts),
            text("fontsize", &size(style::NAME.size)),
            text("margin", "0.08,0.03"),
            plain("height", "0.2"),
        ])
        .into(),
        GraphAttributes::Edge(vec![
            plain("arrowsize", "0.5"),
            plain("headport", "w"),
            plain("tailport", "e"),
        ])
        .into(),
    ];
    for (at, group) in picture.groups.iter().enumerate() {
        let mut inner: Vec<Stmt> = vec![
            text_stmt("label", &group.label),
            text_stmt("color", style::colour(group.pillar)),
            text_stmt("bgcolor", style::ground(group.pillar)),
            text_stmt("fontsize", &size(style::STRONG.size)),
        ];
        let rank = if group.side == Side::Left { "min" } else { "max" };
        inner.push(Stmt::Attribute(plain("rank", rank)));
        let members = picture
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.group == at);
        inner.extend(members.map(|(id, node)| node_stmt(id, node, group.pillar)));
        stmts.push(
            Subgraph {
                id: Id::Plain(format!("cluster_{at}")),
                stmts: inner,
            }
            .into(),
        );
    }
    stmts.extend(picture.edges.iter().map(|edge| {
        let line = style::edge(edge.kind);
        let mut attributes = line_attributes(line);
        attributes.push(text("tooltip", &edge.tooltip));
        if edge.kind == EdgeKind::Forbidden {
            attributes.push(text("label", "✕"));
            attributes.push(text("fontcolor", style::RED));
        }
        let end = |node| Vertex::N(NodeId(node_id(node), None));
        Stmt::Edge(Edge {
            ty: EdgeTy::Pair(end(edge.from), end(edge.to)),
            attributes,
        })
    }));
    let graph = Graph::DiGraph {
        id: Id::Plain("picture".to_owned()),
        strict: false,
        stmts,
    };
    let mut printed = graph.print(&mut PrinterContext::default());
    printed.push('\n');
    printed
}

fn node_stmt(id: usize, node: &Node, pillar: Option<crate::model::Pillar>) -> Stmt {
    let (line, ground) = style::node(node.kind, pillar);
    let mut label = match node.number {
        Some(number) => format!("{number}  {}", node.label),
        None => node.label.clone(),
    };
    for row in &node.rows {
        let ids = if row.ids.is_empty() {
            String::new()
        } else {
            format!(": {}", row.ids.join(", "))
        };
        label.extend(["\n", &row.count.to_string(), " ", style::word(row.verdict), &ids]);
    }
    let lines: Vec<String> = label
        .lines()
        .flat_map(|line| style::NAME.wrap(line, 330.0, usize::MAX).lines)
        .collect();
    let mut attributes = line_attributes(line);
    attributes.push(text("label", &lines.join("\n")));
    attributes.push(text("fillcolor", ground));
    if matches!(node.kind, NodeKind::Missing | NodeKind::NotEnough) {
        attributes.push(text("fontcolor", style::RED));
    }
    if !line.dash.is_empty() {
        attributes.push(text("style", "filled,rounded,dashed"));
    }
    attributes.push(text("tooltip", &node.tooltip));
    DotNode {
        id: NodeId(node_id(id), None),
        attributes,
    }
    .into()
}

fn line_attributes(line: Line) -> Vec<Attribute> {
    let mut attributes = vec![
        text("color", line.colour),
        text("penwidth", &format!("{:.1}", line.width)),
    ];
    // Graphviz knows two patterns; the hairline breaks of pillars are left out, so that dashed means missing.
    let widest_gap = line
        .dash
        .split(' ')
        .skip(1)
        .step_by(2)
        .filter_map(|gap| gap.parse::<f64>().ok())
        .fold(0.0, f64::max);
    if widest_gap > 3.9 {
        attributes.push(plain("style", "dashed"));
    } else if widest_gap > 3.0 {
        attributes.push(plain("style", "dotted"));
    }
    attributes
}

fn node_id(at: usize) -> Id {
    Id::Plain(format!("n{at}"))
}

fn plain(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Plain(value.to_owned()))
}

fn text(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), Id::Escaped(quoted(value)))
}

fn text_stmt(name: &str, value: &str) -> Stmt {
    Stmt::Attribute(text(name, value))
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
