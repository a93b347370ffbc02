// Reads exports with readers of the browser's world: Mermaid's parser, Cytoscape.js, Graphology's GEXF.
//
//     node read.mjs NODE_MODULES FOLDER
//
// Prints how many nodes and edges there are as JSON; throws at the first difference from node-link JSON.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, folder] = process.argv;
const require = createRequire(path.join(modules, "here.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");

const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
globalThis.DOMParser = window.DOMParser;

const truth = JSON.parse(read("node-link"));
const bodies = new Map(truth.nodes.map((node) => [node.id, node]));
const controls = /[\0-\x1f\x7f-\x9f]/g;

async function mermaid() {
  const file = path.join(modules, "mermaid/dist/mermaid.esm.min.mjs");
  const { default: mermaid } = await import(pathToFileURL(file));
  mermaid.initialize({ maxEdges: 1e9, maxTextSize: 1e9 });
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(read("mermaid"));
  assert.match(diagram.type, /^flowchart/);
  // Mermaid keeps entity codes in a form of its own until it draws: `ﬂ°°34¶ß` is `&#34;`.
  const text = (kept) => kept.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
  const shown = (label) => label.replace(controls, " ");
  const vertices = diagram.db.getVertices();
  assert.equal(vertices.size, truth.nodes.length);
  truth.nodes.forEach((node, place) => {
    const vertex = vertices.get(`n${place}`);
    assert.equal(text(vertex.text).trim(), shown(node.label).trim());
    assert.deepEqual(vertex.classes, node.pillar ? [node.pillar] : []);
  });
  const number = new Map(truth.nodes.map((node, place) => [node.id, `n${place}`]));
  const edges = diagram.db.getEdges();
  assert.deepEqual(
    edges.map((edge) => [edge.start, edge.end, text(edge.text), edge.stroke]),
    truth.edges.map((edge) => [
      number.get(edge.source), number.get(edge.target), shown(edge.label), edge.counts === "in-force" ? "normal" : "dotted",
    ]),
  );
}

function cytoscape() {
  const cytoscape = require("cytoscape");
  const cy = cytoscape({ headless: true, styleEnabled: true, ...JSON.parse(read("cytoscape")) });
  assert.equal(cy.nodes().length, truth.nodes.length);
  assert.equal(cy.edges().length, truth.edges.length);
  for (const edge of truth.edges) {
    const found = cy.getElementById(edge.key);
    assert.deepEqual([found.source().id(), found.target().id()], [edge.source, edge.target]);
    assert.equal(found.data("comment"), edge.comment);
  }
  const node = cy.nodes().filter((node) => node.data("pillar") === "justice")[0];
  assert.equal(node?.style("background-color") ?? "rgb(102,16,84)", "rgb(102,16,84)");
}

function gexf() {
  const { MultiDirectedGraph } = require("graphology");
  const { parse } = require("graphology-gexf");
  const graph = parse(MultiDirectedGraph, read("gexf"));
  const xml = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
  assert.equal(graph.order, truth.nodes.length);
  assert.equal(graph.size, truth.edges.length);
  for (const [id, node] of bodies) {
    assert.equal(graph.getNodeAttribute(id, "label"), xml(node.label));
    assert.equal(graph.getNodeAttribute(id, "exists"), node.exists);
  }
  for (const edge of truth.edges) {
    assert.deepEqual(graph.extremities(edge.key), [edge.source, edge.target]);
    assert.equal(graph.getEdgeAttribute(edge.key, "from"), edge.from);
  }
}

await mermaid();
cytoscape();
gexf();
console.log(JSON.stringify({ nodes: truth.nodes.length, edges: truth.edges.length }));
// Libraries of the browser keep timers.
process.exit(0);
