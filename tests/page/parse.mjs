// Reads pictures with parsers that are not ours: Mermaid's own, and a strict one of XML.
//
//     node parse.mjs NODE_MODULES FOLDER
//
// FOLDER/expect.json names the files, with the labels of boxes and the ends of lines; prints how many were read.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, folder] = process.argv;
const { JSDOM } = createRequire(path.join(modules, "here.js"))("jsdom");
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document, DOMParser: window.DOMParser });
const { default: mermaid } = await import(pathToFileURL(path.join(modules, "mermaid/dist/mermaid.esm.min.mjs")));
mermaid.initialize({ maxEdges: 1e9, maxTextSize: 1e9 });
// Mermaid keeps entity codes in a form of its own until it draws: `ﬂ°°34¶ß` is `&#34;`.
const decoded = (kept) => kept.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

let read = 0;
for (const { file, nodes, edges, frames } of JSON.parse(fs.readFileSync(path.join(folder, "expect.json")))) {
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  if (file.endsWith(".mmd")) {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    assert.match(diagram.type, /^flowchart/, file);
    const vertices = [...diagram.db.getVertices().values()];
    assert.deepEqual(vertices.map((one) => decoded(one.text)), nodes, file);
    const number = new Map(vertices.map((one, place) => [one.id, place]));
    assert.deepEqual(diagram.db.getEdges().map((one) => [number.get(one.start), number.get(one.end)]), edges, file);
    assert.equal(diagram.db.getSubGraphs().length, frames, file);
    
  } else {
    const { window: read } = new JSDOM(text, { contentType: "image/svg+xml" });
    const names = new Set([...read.document.querySelectorAll("*")].map((one) => one.localName));
    for (const name of ["script", "foreignObject", "image", "use", "style", "a"]) assert.ok(!names.has(name) || file.endsWith(".dot.svg"), `${file}: ${name}`);
    for (const one of read.document.querySelectorAll("*")) {
      for (const { name } of one.attributes) assert.ok(!/^on/i.test(name) && !/^(xlink:)?href$/.test(name) || file.endsWith(".dot.svg"), `${file}: ${name}`);
    }
  }
  read += 1;
}
console.log(JSON.stringify({ read }));
// Libraries of the browser keep timers.
process.exit(0);
