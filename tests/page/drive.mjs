// Drives the pages of pictures in Chromium as their readers do: mouse, touch, keyboard, without a script, on paper.
//
//     node drive.mjs NODE_MODULES FOLDER [read|hostile]
//
// `read` holds the pages of FOLDER against FOLDER/expect.json; `hostile` looks for anything that runs or is fetched.
// Prints what was done as JSON; throws at the first difference.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, folder, task] = process.argv;
const puppeteer = createRequire(path.join(modules, "here.js"))("puppeteer-core");
const browser = await puppeteer.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Waits until the picture stands still: what a reader does may move it a few frames later, on a slow machine much later. */
const frames = (page) =>
  page.evaluate(() => new Promise((done) => {
    const where = () => ["#stage", "#stage svg", "#stage svg g"].map((one) => {
      const box = document.querySelector(one)?.getBoundingClientRect();
      return box && [box.x, box.y, box.width, box.height].join(" ");
    }).join("|");
    let [before, same] = [where(), 0];
    const look = () => {
      const now = where();
      same = now === before ? same + 1 : 0;
      before = now;
      if (same < 4) requestAnimationFrame(look);
      else setTimeout(done, 30);
    };
    requestAnimationFrame(look);
  }));

/** Opens a page, and notes all that it must not do. */
async function open(name, viewport = DESK, scripts = true) {
  const page = await browser.newPage();
  const faults = [];
  page.on("dialog", (dialog) => { faults.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on("console", (message) => { if (["error", "warn"].includes(message.type())) faults.push(`console ${message.text()}`); });
  page.on("pageerror", (error) => faults.push(`error ${error.message}`));
  // Chromium draws its own signs from `data:`.
  page.on("request", (request) => { if (!request.url().endsWith(`/${name}`) && !request.url().startsWith("data:")) faults.push(`request ${request.url()}`); });
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  await page.setViewport(viewport);
  await page.setJavaScriptEnabled(scripts);
  await page.goto(pathToFileURL(path.join(folder, name)).href);
  if (scripts) await frames(page);
  const close = async () => {
    if (scripts) assert.deepEqual(await page.evaluate(() => window.violations), [], name);
    assert.deepEqual(faults, [], name);
    await page.close();
  };
  return { page, close };
}

const text = (page, selector) => page.$eval(selector, (element) => element.innerText.trim());
const view = async (page) => (await page.$eval("#stage svg", (svg) => svg.getAttribute("viewBox"))).split(" ").map(Number);
const seen = (page, kind) =>
  page.$$eval(`#stage g.${kind}`, (all) => all.filter((one) => getComputedStyle(one).display !== "none").map((one) => Number(one.id.slice(1))));
const data = (page) => page.$eval("#data", (element) => JSON.parse(element.textContent));
/** Where on the screen the middle of a group is, once the picture stands still. */
const middle = async (page, number) => {
  await frames(page);
  return page.$eval(`#g${number}`, (element) => {
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  });
};
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const type = async (page, words) => {
  await page.focus("#search");
  await page.keyboard.down("Control");
  await page.keyboard.press("KeyA");
  await page.keyboard.up("Control");
  await page.keyboard.type(words);
};
const readout = async (page) => (await text(page, "#readout")).replace(/^\S+/, "").match(/\d+/g).map(Number);

async function search(expect) {
  const { page, close } = await open("map.html");
  await type(page, expect.name);
  assert.equal(await text(page, '#results [role="option"]'), `${expect.name}\n${expect.also}`);
  await page.keyboard.press("Enter");
  await frames(page);
  assert.equal(await text(page, "#panel h2"), expect.name);
  assert.ok(await page.$eval("#results", (list) => list.hidden));
  // It is marked, and in the middle of what is left of the stage.
  const [mark, stage] = await Promise.all([".mark", "#stage"].map((one) => page.$eval(one, (element) => element.getBoundingClientRect().toJSON())));
  assert.ok(Math.abs(mark.x + mark.width / 2 - stage.x - stage.width / 2) < 3, JSON.stringify({ mark, stage }));
  assert.ok(Math.abs(mark.y + mark.height / 2 - stage.y - stage.height / 2) < 3);
  const links = await page.$$eval("#panel li", (all) => all.map((one) => one.innerText));
  for (const line of expect.links) assert.ok(links.some((one) => one.includes(line)), `${line} is not in ${links}`);
  assert.ok((await page.$$eval("#panel a", (all) => all.map((one) => one.href))).every((one) => /^https?:/.test(one)));
  await page.keyboard.press("Escape");
  assert.equal(await page.$eval("#search", (input) => input.value), "");
  assert.ok(await page.$eval("#panel", (panel) => panel.hidden));
  // By id, with the list of what was found walked by keys.
  await type(page, expect.id);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.$eval("#search", (input) => input.getAttribute("aria-activedescendant")), "r0");
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#panel h2"), expect.name);
  await type(page, "no such body anywhere");
  assert.equal((await page.$$("#results [role=option]")).length, 0);
  assert.equal(await text(page, "#results"), "Nothing found");
  await close();
}

async function hover() {
  const { page, close } = await open("map.html");
  const { groups } = await data(page);
  const shown = new Set(await seen(page, "edge"));
  const nodes = groups.filter(([, kind]) => kind === "node").map(([number]) => number);
  for (const node of nodes.slice(0, 6)) {
    await page.mouse.move(...(await middle(page, node)));
    await frames(page);
    const edges = groups.filter(([number, kind, from, to]) => kind === "edge" && shown.has(number) && [from, to].includes(node));
    const expected = new Set([node, ...edges.flatMap(([number, , from, to]) => [number, from, to])]);
    const lit = await page.$$eval("#stage .on", (all) => all.map((one) => Number(one.id.slice(1))));
    assert.deepEqual(sorted(lit), sorted(expected));
    assert.ok(!(await page.$eval("#tip", (tip) => tip.hidden)));
  }
  await page.mouse.move(640, 3);
  await frames(page);
  assert.equal((await page.$$("#stage .on")).length, 0);
  assert.ok(await page.$eval("#tip", (tip) => tip.hidden));
  // A line: its two ends are lit; a click tells what is behind it.
  const at = await page.evaluate(() => {
    for (const edge of document.querySelectorAll("#stage g.edge:not(.gone)")) {
      const path = edge.querySelector("path");
      for (let part = 0.1; part < 0.95; part += 0.05) {
        const point = path.getPointAtLength(path.getTotalLength() * part).matrixTransform(path.getScreenCTM());
        if (document.elementFromPoint(point.x, point.y)?.closest("g.edge") === edge) return [point.x, point.y, Number(edge.id.slice(1))];
      }
    }
  });
  await page.mouse.move(at[0], at[1]);
  await frames(page);
  const [, , from, to] = groups.find(([number]) => number === at[2]);
  const lit = await page.$$eval("#stage .on", (all) => all.map((one) => Number(one.id.slice(1))));
  assert.deepEqual(sorted(lit), sorted([at[2], from, to]));
  await page.mouse.click(at[0], at[1]);
  await frames(page);
  assert.equal((await page.$$("#panel .end")).length, 2);
  assert.ok((await page.$$("#panel li")).length > 0);
  await close();
  // A cell of a chart: its row and its column.
  const chart = await open("matrix.html");
  const cells = (await data(chart.page)).groups.filter(([, kind, , , , pillar, verdict]) => kind === "value" && pillar >= 0 && verdict >= 0);
  const [cell] = cells[0];
  await chart.page.mouse.move(...(await middle(chart.page, cell)));
  await frames(chart.page);
  const near = await chart.page.$$eval("#stage .on", (all) => all.map((one) => Number(one.id.slice(1))));
  const [x, y] = await middle(chart.page, cell);
  assert.ok(near.includes(cell) && near.length > 4);
  for (const other of near) {
    const [otherX, otherY] = await middle(chart.page, other);
    assert.ok(Math.abs(otherX - x) < 40 || Math.abs(otherY - y) < 16, `${other} is neither in the row nor in the column`);
  }
  await chart.close();
}

async function filter() {
  const { page, close } = await open("map.html");
  const { groups, pillars, mechanisms, day } = await data(page);
  const edges = groups.filter(([, kind]) => kind === "edge");
  const holds = ([, since, until]) => (!since || since <= day) && (!until || day < until);
  const nodes = new Map(groups.filter(([, kind]) => kind === "node").map((group) => [group[0], group]));
  /** What is to be left, worked out from the data alone. */
  const left = (takesPillar, takesMechanism) =>
    edges.filter(([, , from, to, , pillar, , , facts]) =>
      [pillar, nodes.get(from)[5], nodes.get(to)[5]].every((one) => one < 0 || takesPillar(one)) &&
      facts.some((fact) => holds(fact) && takesMechanism(fact[0]))).map(([number]) => number);
  const all = () => true;
  assert.deepEqual(sorted(await seen(page, "edge")), sorted(left(all, all)));
  const pick = async (menu, value) => page.click(`#${menu} input[value="${value}"]`);
  const legislature = pillars.findIndex(([slug]) => slug === "legislature");
  await page.click("#pillars summary");
  await pick("pillars", "legislature");
  assert.deepEqual(sorted(await seen(page, "edge")), sorted(left((one) => one !== legislature, all)));
  const dimmed = await page.$$eval("#stage g.node.dim", (some) => some.map((one) => Number(one.id.slice(1))));
  assert.deepEqual(sorted(dimmed), sorted([...nodes.values()].filter((node) => node[5] === legislature).map(([number]) => number)));
  assert.match(await text(page, "#pillars summary"), /\d+\/\d+/);
  await pick("pillars", "legislature");
  assert.deepEqual(sorted(await seen(page, "edge")), sorted(left(all, all)));
  // Lines by several mechanisms stay while one of them is left.
  await page.click("#mechanisms summary");
  assert.ok(!(await page.$eval("#pillars", (menu) => menu.open)));
  const several = edges.find(([, , , , , , , , facts]) => new Set(facts.filter(holds).map(([one]) => one)).size > 1);
  const both = [...new Set(several[8].filter(holds).map(([one]) => one))];
  await pick("mechanisms", mechanisms[both[0]][0]);
  assert.ok((await seen(page, "edge")).includes(several[0]));
  for (const one of both.slice(1)) await pick("mechanisms", mechanisms[one][0]);
  assert.ok(!(await seen(page, "edge")).includes(several[0]));
  assert.deepEqual(sorted(await seen(page, "edge")), sorted(left(all, (one) => !both.includes(one))));
  await page.click("#mechanisms p button:nth-child(2)");
  assert.equal((await seen(page, "edge")).length, 0);
  await pick("mechanisms", mechanisms[both[1]][0]);
  assert.deepEqual(sorted(await seen(page, "edge")), sorted(left(all, (one) => one === both[1])));
  await page.click("#mechanisms p button:nth-child(1)");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.$eval("#mechanisms", (menu) => menu.open)));
  assert.deepEqual(sorted(await seen(page, "edge")), sorted(left(all, all)));
  await close();
  // Verdicts, where there are any: lines go, cells stand back.
  for (const [name, kind] of [["gaps.html", "edge"], ["matrix.html", "value"]]) {
    const opened = await open(name);
    const { groups, verdicts } = await data(opened.page);
    const gap = verdicts.findIndex(([slug]) => slug === "gap");
    const those = groups.filter(([, of, , , , , verdict]) => of === kind && verdict === gap).map(([number]) => number);
    assert.ok(those.length > 0, name);
    await opened.page.click("#verdicts summary");
    await opened.page.click('#verdicts input[value="gap"]');
    const away = await opened.page.$$eval(`#stage g.${kind}.${kind === "edge" ? "gone" : "dim"}`, (some) => some.map((one) => Number(one.id.slice(1))));
    assert.deepEqual(sorted(away), sorted(those), name);
    await opened.close();
  }
}

async function slider(expect) {
  for (const name of ["map.html", "body.html"]) {
    const { page, close } = await open(name);
    const first = await page.$eval("#exact", (input) => input.min);
    const days = Object.entries(expect[name]).filter(([day]) => day >= first);
    assert.ok(days.length > 6);
    for (const [day, numbers] of days) {
      await page.$eval("#exact", (input, day) => { input.value = day; input.dispatchEvent(new Event("change")); }, day);
      assert.equal(await page.$eval("#exact", (input) => input.value), day);
      const told = await readout(page);
      assert.deepEqual(told.filter((_, at) => numbers[at] !== null), numbers.filter((one) => one !== null), `${name} on ${day}`);
      assert.equal((await seen(page, "edge")).length, told[0], `${name} on ${day}`);
      assert.equal(await page.$eval("#hint", (hint) => hint.hidden), day === expect.day);
    }
    // Keys on the slider go from change to change, and the button back to the day of the picture.
    await page.focus("#range");
    await page.keyboard.press("ArrowLeft");
    const before = await page.$eval("#exact", (input) => input.value);
    await page.keyboard.press("ArrowLeft");
    const earlier = await page.$eval("#exact", (input) => input.value);
    assert.ok(earlier < before, `${earlier} ${before}`);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.$eval("#exact", (input) => input.value), before);
    await page.click("#drawn");
    assert.equal(await page.$eval("#exact", (input) => input.value), expect.day);
    assert.equal((await readout(page))[2], expect[name][expect.day][2]);
    await close();
  }
  const { page, close } = await open("timeline.html");
  for (const [day, counts] of Object.entries(expect.timeline)) {
    await page.$eval("#exact", (input, day) => { input.value = day; input.dispatchEvent(new Event("change")); }, day);
    assert.deepEqual(await readout(page), counts, `timeline on ${day}`);
  }
  const x = Number(await page.$eval(".cursor", (line) => line.getAttribute("x1")));
  await page.click("#earlier");
  assert.ok(Number(await page.$eval(".cursor", (line) => line.getAttribute("x1"))) < x);
  await close();
  for (const name of ["gaps.html", "chain.html", "matrix.html", "compare.html"]) {
    const opened = await open(name);
    assert.equal(await opened.page.$("#range"), null, name);
    assert.ok((await text(opened.page, "#hint")).includes(expect.day), name);
    await opened.close();
  }
}

async function keyboard() {
  const { page, close } = await open("map.html");
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.focus("#stage");
  const whole = await view(page);
  await page.keyboard.press("ArrowRight");
  await frames(page);
  assert.ok((await view(page))[0] > whole[0]);
  await page.keyboard.press("0");
  await page.keyboard.press("Tab");
  const first = await focused();
  assert.match(first, /^g\d+$/);
  assert.ok((await page.$$("#stage .on")).length > 0);
  await page.keyboard.press("ArrowDown");
  const second = await focused();
  assert.match(second, /^g\d+$/);
  assert.notEqual(second, first);
  assert.ok((await middle(page, second.slice(1)))[1] > (await middle(page, first.slice(1)))[1]);
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#panel h2"), await page.$eval(`#${second}`, (element) => element.getAttribute("aria-label")));
  // Enter leads into the panel, Escape back to the box.
  assert.equal(await focused(), "panel");
  await page.keyboard.press("Escape");
  assert.ok(await page.$eval("#panel", (panel) => panel.hidden));
  assert.equal(await focused(), second);
  // L goes through all lines of the box, and begins anew; Enter tells what is behind one.
  const { groups } = await data(page);
  const shown = new Set(await seen(page, "edge"));
  const box = Number(second.slice(1));
  const lines = groups.filter(([number, kind, from, to]) => kind === "edge" && shown.has(number) && [from, to].includes(box)).map(([number]) => number);
  assert.ok(lines.length > 1);
  const walked = [];
  for (let step = 0; step <= lines.length; step += 1) {
    await page.keyboard.press("KeyL");
    walked.push(Number((await focused()).slice(1)));
  }
  assert.deepEqual(sorted(walked.slice(1)), sorted(lines));
  assert.equal(walked[lines.length], walked[0]);
  assert.ok((await page.$$("#stage .on")).length >= 3, "the line and its ends are lit");
  await page.keyboard.down("Shift");
  await page.keyboard.press("KeyL");
  await page.keyboard.up("Shift");
  assert.equal(await focused(), `g${walked[lines.length - 1]}`);
  const name = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "button");
  await page.keyboard.press("Enter");
  assert.equal(await text(page, "#panel h2"), name);
  assert.ok((await page.$$("#panel li")).length > 0);
  // Buttons in the panel keep the keys in it.
  await page.focus("#panel .end");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "panel");
  await page.keyboard.press("Escape");
  assert.equal(await focused(), `g${walked[lines.length - 1]}`);
  await page.keyboard.press("Escape");
  assert.equal(await focused(), second);
  await frames(page);
  const before = await view(page);
  await page.keyboard.press("+");
  await frames(page);
  assert.ok((await view(page))[2] < before[2]);
  await page.keyboard.press("-");
  await page.keyboard.press("/");
  assert.equal(await focused(), "search");
  await close();
}

async function pointers() {
  const { page, close } = await open("map.html");
  const begin = await view(page);
  await page.mouse.move(640, 400);
  await page.mouse.wheel({ deltaY: -300 });
  await frames(page);
  const closer = await view(page);
  assert.ok(closer[2] < begin[2] && closer[0] > begin[0]);
  await page.mouse.down();
  await page.mouse.move(540, 350, { steps: 4 });
  await page.mouse.up();
  await frames(page);
  const moved = await view(page);
  assert.ok(moved[0] > closer[0] && moved[1] > closer[1] && Math.abs(moved[2] - closer[2]) < 0.5);
  assert.ok(await page.$eval("#panel", (panel) => panel.hidden), "a drag is no click");
  await page.click("#whole");
  await frames(page);
  await close();

  const phone = await open("map.html", PHONE);
  const wide = await phone.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide[0] <= wide[1], `the page is wider than the phone: ${wide}`);
  const small = await view(phone.page);
  const session = await phone.page.createCDPSession();
  const touch = (kind, ...points) => session.send("Input.dispatchTouchEvent", { type: kind, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  await touch("touchStart", [160, 400], [220, 400]);
  for (const far of [10, 30, 60]) await touch("touchMove", [160 - far, 400], [220 + far, 400]);
  await touch("touchEnd");
  await frames(phone.page);
  const pinched = await view(phone.page);
  assert.ok(pinched[2] < small[2] * 0.7, `${small} ${pinched}`);
  await phone.page.click("#whole");
  await frames(phone.page);
  const { groups } = await data(phone.page);
  const [node] = groups.find(([, kind]) => kind === "node");
  await phone.page.touchscreen.tap(...(await middle(phone.page, node)));
  await frames(phone.page);
  assert.equal(await text(phone.page, "#panel h2"), await phone.page.$eval(`#g${node}`, (element) => element.getAttribute("aria-label")));
  await phone.close();
}

async function paper(expect) {
  const { page, close } = await open("map.html");
  await page.emulateMediaType("print");
  assert.equal(await page.$eval("#bar", (bar) => getComputedStyle(bar).display), "none");
  await close();
  for (const name of ["map.html", "gaps.html", "timeline.html"]) {
    const printed = await open(name);
    const pdf = Buffer.from(await printed.page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, `${name} is one sheet`);
    await printed.close();
  }
  // Without a script: the picture of its day, and the facts as text.
  const still = await open("map.html", DESK, false);
  assert.equal((await seen(still.page, "edge")).length, expect["map.html"][expect.day][0]);
  assert.ok(await still.page.$eval("#bar", (bar) => bar.hidden));
  assert.ok((await still.page.$$("#facts li")).length > 20);
  await still.close();
}

async function read() {
  const expect = JSON.parse(fs.readFileSync(path.join(folder, "expect.json")));
  await search(expect.search);
  await hover();
  await filter();
  await slider(expect);
  await keyboard();
  await pointers();
  await paper(expect);
  for (const name of expect.all) {
    for (const viewport of [DESK, PHONE]) await (await open(name, viewport)).close();
  }
  return { pages: expect.all.length };
}

/** Every page of hostile labels is opened, searched, hovered and clicked all over: nothing runs, nothing is fetched. */
async function hostile() {
  let pages = 0;
  for (const name of fs.readdirSync(folder).filter((one) => one.endsWith(".html"))) {
    const { page, close } = await open(name);
    const { groups } = await data(page);
    for (const [number, kind] of groups.filter(([, kind]) => ["node", "value"].includes(kind)).slice(0, 12)) {
      await page.click("#whole");
      await page.mouse.click(...(await middle(page, number)));
      await frames(page);
      // A name in the panel is the name, letter by letter.
      const label = await page.$eval(`#g${number}`, (element) => element.getAttribute("aria-label"));
      if (kind === "node") assert.equal(await page.$eval("#panel h2", (heading) => heading.textContent), label, name);
      for (const end of (await page.$$("#panel .end")).slice(0, 1)) await end.click();
    }
    await type(page, "<script>");
    await page.keyboard.press("Enter");
    const links = await page.$$eval("a", (all) => all.map((one) => one.getAttribute("href")));
    assert.ok(links.every((one) => one === "#facts" || /^https?:\/\//i.test(one)), `${name}: ${links}`);
    const elements = await page.$$eval("body *", (all) => [...new Set(all.map((one) => one.localName))]);
    const known = "a aside b bdi button circle details div footer g h1 h2 h3 header input label li line main p path rect script section small span style summary svg text ul".split(" ");
    assert.deepEqual(elements.filter((one) => !known.includes(one)), [], name);
    assert.equal((await page.$$("script")).length, 2, name);
    assert.equal(await page.evaluate(() => window.hacked), undefined, name);
    await close();
    pages += 1;
  }
  return { pages };
}

const done = await (task === "hostile" ? hostile() : read());
console.log(JSON.stringify(done));
await browser.close();
