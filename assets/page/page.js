// The page of a picture: move, zoom, search, filter, choose a day, read what is behind a box or a line.
//
// Words come from the list of facts on the page, and are moved as nodes or as text, never as markup. What is a box, a
// line or a cell, and what holds when, comes from the JSON beside this script.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const words = data.words;
  const stage = byId("stage");
  const svg = stage.querySelector("svg");
  const panel = byId("panel");
  const fill = (text, ...values) => values.reduce((filled, value) => filled.replace("{}", () => value), text);
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  document.documentElement.classList.add("js");
  byId("bar").hidden = false;
  byId("hint").hidden = data.time === "ever" || !data.day;

  // What is drawn
  const groups = data.groups.map(([number, kind, from, to, frame, pillar, verdict, mechanisms, facts, counts]) => ({
    number, kind, from, to, frame, pillar, verdict, mechanisms, facts, counts,
    element: byId(`g${number}`), item: byId(`t${number}`), edges: [], members: [], shown: true, gone: false,
  }));
  const numbered = new Map(groups.map((group) => [group.number, group]));
  for (const group of groups) {
    group.from = numbered.get(group.from);
    group.to = numbered.get(group.to);
    group.frame = numbered.get(group.frame);
    if (group.frame) group.frame.members.push(group);
    if (group.kind !== "edge") continue;
    for (const end of [group.from, group.to]) end.edges.push(group);
    const pillar = data.pillars[group.pillar];
    group.element.style.setProperty("--c", pillar ? pillar[2] : "#222222");
    group.element.style.setProperty("--d", (pillar && pillar[3]) || "none");
  }
  const labelOf = (group) =>
    group.item ? group.item.firstElementChild.textContent : group.element.getAttribute("aria-label") || "";
  const rowsOf = (group) => (group.item ? [...group.item.querySelectorAll(":scope > ul > li")] : []);
  const boxes = new Map();
  const boxOf = (group) => {
    if (!boxes.has(group)) boxes.set(group, group.element.getBBox());
    return boxes.get(group);
  };
  const middleOf = (group) => {
    const { x, y, width, height } = boxOf(group);
    return [x + width / 2, y + height / 2];
  };

  // Moving and zooming: `scale` pixels a unit, with the unit (`left`, `top`) in the upper left corner
  const picture = { x: 0, y: data.head, width: data.width, height: data.height - data.head };
  let [scale, left, top, waiting, isOwn] = [1, 0, 0, false, false];
  const size = () => [stage.clientWidth || 1, stage.clientHeight || 1];
  const least = () => Math.min(size()[0] / picture.width, size()[1] / picture.height);
  function show() {
    waiting = false;
    const [width, height] = size();
    svg.setAttribute("viewBox", [left, top, width / scale, height / scale].map((n) => n.toFixed(2)).join(" "));
  }
  // For which size of the window the picture has been placed.
  let known = size();
  function place(newLeft, newTop, newScale = scale) {
    const [width, height] = (known = size());
    scale = Math.min(Math.max(newScale, least() * 0.7), 10);
    const within = (at, span, from, all) => Math.min(Math.max(at, from - span * 0.6), from + all - span * 0.4);
    left = within(newLeft, width / scale, picture.x, picture.width);
    top = within(newTop, height / scale, picture.y, picture.height);
    if (!waiting) requestAnimationFrame(show);
    waiting = true;
  }
  // From the reader's first move on, the picture keeps its place when the window changes.
  const zoom = (factor, x = size()[0] / 2, y = size()[1] / 2) => {
    isOwn = true;
    const next = Math.min(Math.max(scale * factor, least() * 0.7), 10);
    place(left + x / scale - x / next, top + y / scale - y / next, next);
  };
  const centre = (x, y, newScale) =>
    place(x - size()[0] / newScale / 2, y - size()[1] / newScale / 2, newScale);
  const whole = () => centre(picture.x + picture.width / 2, picture.y + picture.height / 2, least());
  function begin() {
    // A graph begins with all boxes and the legend in sight, a chart with its upper end, as wide as the page.
    const height = data.graph ? data.foot - data.head : picture.height;
    const [wide, high] = [size()[0] / picture.width, size()[1] / height];
    // Nothing begins too small to be made out; what then is out of sight lies to the right and below.
    const isSmall = size()[0] < 700;
    const legible = data.graph ? (isSmall ? Math.min(high, 0.8) : 0.5) : isSmall ? 0.75 : high > wide * 0.75 ? 0 : wide;
    const fits = Math.max(Math.min(wide, high), isSmall ? legible : Math.min(wide, legible));
    const next = Math.min(fits, 1.5);
    const spare = [picture.width - size()[0] / next, height - size()[1] / next].map((span) => Math.min(0, span / 2));
    place(spare[0], picture.y + spare[1], next);
  }
  function reach(all) {
    const spans = all.map(boxOf);
    const [x, y] = [Math.min(...spans.map((box) => box.x)), Math.min(...spans.map((box) => box.y))];
    const right = Math.max(...spans.map((box) => box.x + box.width));
    const bottom = Math.max(...spans.map((box) => box.y + box.height));
    const fits = Math.min(size()[0] / (right - x + 80), size()[1] / (bottom - y + 80));
    isOwn = true;
    centre((x + right) / 2, (y + bottom) / 2, Math.min(fits, Math.max(scale, 1.15)));
  }
  new ResizeObserver(() => {
    const [width, height] = size();
    if (isOwn) place(left + (known[0] - width) / scale / 2, top + (known[1] - height) / scale / 2);
    else begin();
  }).observe(stage);
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 18 : 1) * (event.ctrlKey ? 4 : 1);
    const { left: x, top: y } = stage.getBoundingClientRect();
    zoom(Math.exp(-Math.max(-400, Math.min(400, step)) * 0.0016), event.clientX - x, event.clientY - y);
  }, { passive: false });

  // What is near to what: a box and its lines, a line and its ends, a cell with its row and column
  const concerns = (fact, body) => body < 0 || fact[4] === body || fact[5] === body;
  const seenFrom = (box, body) => box.edges.filter((edge) => edge.shown && (body < 0 || edge.facts.some((fact) => concerns(fact, body))));
  function around(group, body = -1) {
    const near = new Set([group]);
    const add = (box) => {
      near.add(box);
      for (const edge of seenFrom(box, body)) for (const one of [edge, edge.from, edge.to]) near.add(one);
    };
    if (group.kind === "edge") [group.from, group.to].forEach((end) => near.add(end));
    else if (group.kind === "node") add(group);
    else if (group.kind === "frame") group.members.forEach(add);
    else {
      const [x, y] = middleOf(group);
      const { width, height } = boxOf(group);
      const wide = width > data.width / 3;
      for (const other of groups) {
        if (other.kind !== "value" && other.kind !== "part") continue;
        const box = boxOf(other);
        if (!box.width && !box.height) continue;
        const [otherX, otherY] = middleOf(other);
        const column = !wide && Math.abs(otherX - x) < Math.max(4, Math.min(width, box.width) / 2);
        if (column || Math.abs(otherY - y) < Math.max(4, Math.min(height, box.height) / 2)) near.add(other);
      }
    }
    return near;
  }
  // What has been chosen, and of a box with several bodies the one that is meant, by number
  let [picked, member, hovered, lit] = [null, -1, null, []];
  function light() {
    const group = hovered || picked;
    for (const one of lit) one.element.classList.remove("on");
    lit = group ? [...around(group, group === picked ? member : -1)] : [];
    for (const one of lit) one.element.classList.add("on");
    svg.classList.toggle("lit", lit.length > 0);
  }
  const overlay = svg.appendChild(document.createElementNS(svg.namespaceURI, "g"));
  const draw = (name, kind, attributes) => {
    const element = document.createElementNS(svg.namespaceURI, name);
    element.setAttribute("class", kind);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    overlay.append(element);
    return element;
  };
  function mark(all) {
    overlay.querySelectorAll(".mark").forEach((one) => one.remove());
    for (const box of all.map(boxOf)) {
      draw("rect", "mark", { x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4, rx: 4 });
    }
  }

  // The panel
  function rows(group) {
    const list = make("ul");
    rowsOf(group).forEach((row, at) => {
      const fact = group.facts[at];
      if (group.kind === "edge" && fact && !concerns(fact, member)) return;
      const copy = row.cloneNode(true);
      if (group.kind === "node" && fact && group.facts.length > 1) {
        const button = make("button", { className: "body", type: "button" }, copy.firstElementChild);
        button.addEventListener("click", () => choose(group, false, fact[4]));
        copy.prepend(button);
        copy.classList.toggle("hit", fact[4] === member);
      }
      if (fact && !holds(fact)) {
        copy.classList.add("out");
        copy.append(" ", make("span", { className: "tag no", textContent: `(${words.notOnDay})` }));
      }
      list.append(copy);
    });
    return list;
  }
  function section(heading, edges, other) {
    if (!edges.length) return;
    panel.append(make("h3", { textContent: `${heading} (${edges.length})` }));
    for (const edge of edges) {
      const end = other(edge);
      const button = make("button", { className: "end", type: "button", textContent: labelOf(end) });
      button.style.setProperty("--c", data.pillars[edge.pillar] ? data.pillars[edge.pillar][2] : "#767676");
      button.addEventListener("click", () => choose(end, true));
      panel.append(button);
      if (data.verdicts[edge.verdict]) {
        panel.append(make("p", { className: "note", textContent: data.verdicts[edge.verdict][1] }));
      }
      panel.append(rows(edge));
    }
  }
  function tell(group) {
    // Who is in the panel by keys stays in it, and gets back to the picture when it closes.
    const isInside = panel.contains(document.activeElement);
    panel.replaceChildren();
    panel.hidden = !group;
    if (isInside) (group || !current ? panel : current.element).focus({ preventScroll: true });
    if (!group) return;
    const close = make("button", { className: "close", type: "button", textContent: "×", ariaLabel: words.close });
    close.addEventListener("click", () => choose(null));
    const place = group.facts.findIndex((fact) => group.kind === "node" && fact[4] === member);
    const name = place < 0 ? labelOf(group) : rowsOf(group)[place].firstElementChild.textContent;
    panel.append(close, make("h2", { textContent: name }));
    if (place >= 0) {
      const back = make("button", { className: "end", type: "button", textContent: labelOf(group) });
      back.addEventListener("click", () => choose(group));
      panel.append(back);
    }
    const kinds = [data.pillars[group.pillar], data.verdicts[group.verdict]].filter(Boolean).map((one) => one[1]);
    if (kinds.length) panel.append(make("p", { className: "note", textContent: kinds.join(" · ") }));
    if (group.kind === "edge") {
      for (const [word, end] of [[words.from, group.from], [words.to, group.to]]) {
        const button = make("button", { className: "end", type: "button", textContent: labelOf(end) });
        button.addEventListener("click", () => choose(end, true));
        panel.append(make("p", { className: "note", textContent: word }), button);
      }
      panel.append(make("h3", { textContent: words.behind }));
    }
    byId("said").textContent = name;
    const own = rows(group);
    panel.append(place < 0 ? own : make("ul", {}, own.children[place]));
    if (group.kind === "node") {
      const seen = seenFrom(group, member);
      section(words.over, seen.filter((edge) => edge.to === group), (edge) => edge.from);
      section(words.by, seen.filter((edge) => edge.from === group), (edge) => edge.to);
    }
    panel.scrollTop = 0;
  }
  function choose(group, move = false, body = -1) {
    [picked, member, hovered] = [group, body, null];
    tell(group);
    light();
    mark(group && group.kind !== "edge" ? [group] : []);
    // The panel takes room, so what has been chosen is brought into what is left.
    if (group && move) requestAnimationFrame(() => reach([group]));
  }

  // Pointers: one moves, two zoom, a tap chooses
  const tip = byId("tip");
  const pointers = new Map();
  let moved = 0;
  const groupAt = (x, y) => {
    const found = document.elementFromPoint(x, y);
    const element = found && svg.contains(found) ? found.closest("g.node, g.edge, g.value, g.key") : null;
    return element ? numbered.get(Number(element.id.slice(1))) || null : null;
  };
  function hit(x, y, slack) {
    for (const far of [0, slack / 2, slack]) {
      for (const [dx, dy] of far ? [[1, 0], [-1, 0], [0, 1], [0, -1], [0.7, 0.7], [-0.7, 0.7], [0.7, -0.7], [-0.7, -0.7]] : [[0, 0]]) {
        const group = groupAt(x + dx * far, y + dy * far);
        if (group) return group;
      }
    }
    return null;
  }
  function hover(group, x, y) {
    tip.hidden = !group;
    if (group) {
      const lines = rowsOf(group).filter((row, at) => !group.facts[at] || holds(group.facts[at]));
      const texts = lines.map((row) => row.firstElementChild.textContent).filter((text) => text !== labelOf(group));
      const most = texts.slice(0, 4);
      if (texts.length > most.length) most.push(`… +${texts.length - most.length}`);
      tip.replaceChildren(...[labelOf(group), ...most].map((text) => make("p", { textContent: text })));
      const { width, height } = tip.getBoundingClientRect();
      tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 6))}px`;
      tip.style.top = `${y + height + 24 < innerHeight ? y + 16 : Math.max(4, y - height - 12)}px`;
    }
    if (group !== hovered) {
      hovered = group;
      light();
    }
  }
  stage.addEventListener("pointerdown", (event) => {
    if ((event.pointerType === "mouse" && event.button !== 0) || event.target.closest(".zoom")) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (pointers.size === 1) moved = 0;
    hover(null);
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse" && !event.target.closest(".zoom")) hover(hit(event.clientX, event.clientY, 5), event.clientX, event.clientY);
      return;
    }
    const all = [...pointers.values()];
    const now = [event.clientX, event.clientY];
    moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (moved > 5 && !stage.hasPointerCapture(event.pointerId)) {
      stage.setPointerCapture(event.pointerId);
      stage.classList.add("dragged");
    }
    if (moved > 5) isOwn = true;
    if (all.length === 1 && moved > 5) place(left - (now[0] - before[0]) / scale, top - (now[1] - before[1]) / scale);
    if (all.length === 2) {
      const other = all.find((one) => one !== before);
      const spread = (one) => Math.max(1, Math.hypot(one[0] - other[0], one[1] - other[1]));
      const { left: x, top: y } = stage.getBoundingClientRect();
      zoom(spread(now) / spread(before), (now[0] + other[0]) / 2 - x, (now[1] + other[1]) / 2 - y);
      place(left - (now[0] - before[0]) / scale / 2, top - (now[1] - before[1]) / scale / 2);
    }
    pointers.set(event.pointerId, now);
  });
  const lift = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    if (!pointers.size) stage.classList.remove("dragged");
    if (event.type === "pointerup" && moved <= 5 && !pointers.size) {
      choose(hit(event.clientX, event.clientY, event.pointerType === "mouse" ? 5 : 14));
    }
  };
  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);
  stage.addEventListener("pointerleave", () => hover(null));

  // Keys: one box, cell or step can be reached by Tab, the others from there by arrows, the lines of a box by L
  const stops = groups.filter((group) => group.kind === "node" || (group.kind === "value" && group.element.firstElementChild));
  if (stops.length) stops[0].element.setAttribute("tabindex", "0");
  // What Tab leads to, and the box from which keys went on to its lines.
  let [current, home] = [stops[0], null];
  const focused = () => groups.find((group) => group.element === document.activeElement);
  function visit(group) {
    current.element.setAttribute("tabindex", "-1");
    current = group;
    if (group.kind === "edge") {
      group.element.setAttribute("role", "button");
      group.element.setAttribute("aria-label", labelOf(group));
    }
    group.element.setAttribute("tabindex", "0");
    group.element.focus({ preventScroll: true });
    const [x, y] = middleOf(group);
    const [width, height] = size().map((span) => span / scale);
    if (x < left || x > left + width || y < top || y > top + height) place(x - width / 2, y - height / 2);
  }
  function line(here, isBack) {
    if (here.kind !== "edge") home = here;
    const lines = home.edges.filter((edge) => edge.shown);
    const at = lines.indexOf(here);
    const next = isBack ? Math.max(at, 0) + lines.length - 1 : at + 1;
    if (lines.length) visit(lines[next % lines.length]);
  }
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  stage.addEventListener("focusin", () => {
    hovered = focused() || null;
    light();
  });
  stage.addEventListener("focusout", () => {
    hovered = null;
    light();
  });
  stage.addEventListener("keydown", (event) => {
    const direction = directions[event.key];
    const here = focused();
    if (direction && here && !event.shiftKey) {
      const [x, y] = middleOf(here);
      let [best, nearest] = [null, Infinity];
      for (const other of stops) {
        if (other === here || !other.shown) continue;
        const [dx, dy] = [middleOf(other)[0] - x, middleOf(other)[1] - y];
        const along = dx * direction[0] + dy * direction[1];
        const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
        if (along > 1 && along + aside * 3 < nearest) [best, nearest] = [other, along + aside * 3];
      }
      if (best) visit(best);
    } else if (direction) {
      isOwn = true;
      place(left + (direction[0] * 90) / scale, top + (direction[1] * 90) / scale);
    } else if ((event.key === "Enter" || event.key === " ") && here) {
      choose(here);
      panel.focus({ preventScroll: true });
    } else if (event.code === "KeyL" && here && !event.ctrlKey && !event.metaKey && !event.altKey) {
      line(here, event.shiftKey);
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector(".menu[open]");
      if (menu) {
        menu.open = false;
        menu.firstElementChild.focus();
      } else if (search.value) {
        search.value = "";
        find();
        choose(null);
      } else if (panel.hidden && focused() && focused().kind === "edge") visit(home);
      else choose(null);
      return;
    }
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") whole();
    else if (event.key === "/") search.focus();
    else return;
    event.preventDefault();
  });
  byId("closer").addEventListener("click", () => zoom(1.4));
  byId("farther").addEventListener("click", () => zoom(1 / 1.4));
  byId("whole").addEventListener("click", whole);

  // Search: boxes first, then cells, headings and the key, then lines
  const search = byId("search");
  const results = byId("results");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const order = ["node", "frame", "part", "value", "key", "edge"];
  const index = groups.flatMap((group) => {
    const rank = order.indexOf(group.kind);
    const named = group.kind === "node" ? rowsOf(group).filter((row) => row.dataset.also) : [];
    const keysOf = (row) => {
      const ids = row.dataset.also.split(" ");
      return [row.firstElementChild.textContent, ...ids, ...ids.map((id) => id.split("/").pop())].map(plain);
    };
    const own = { group, rank, text: labelOf(group), note: "", keys: [plain(labelOf(group))] };
    if (named.length === 1) Object.assign(own, { note: named[0].dataset.also, keys: [...own.keys, ...keysOf(named[0])] });
    if (named.length < 2) return [own];
    // A box that stands for several bodies is found by each of them.
    const inside = named.map((row) => ({
      group, rank, row, text: row.firstElementChild.textContent, note: `${row.dataset.also} · ${own.text}`, keys: keysOf(row),
    }));
    return [own, ...inside];
  });
  let [found, at] = [[], -1];
  function score({ keys, rank }, asked) {
    const points = keys.map((key) => key === asked ? 0 : key.startsWith(asked) ? 1 : ` ${key}`.includes(` ${asked}`) ? 2 : key.includes(asked) ? 3 : Infinity);
    return Math.min(...points) + rank / 10;
  }
  function find() {
    const asked = plain(search.value.trim());
    const scored = asked ? index.map((entry) => [score(entry, asked), entry]).filter(([points]) => points < Infinity) : [];
    scored.sort(([a, one], [b, other]) => a - b || one.group.number - other.group.number);
    // Lines name both their ends: they are listed where nothing else is found.
    const others = scored.filter(([, entry]) => entry.group.kind !== "edge");
    found = (others.length ? others : scored).map(([, entry]) => entry);
    at = -1;
    const shown = found.slice(0, 40).map((entry, place) => {
      const option = make("li", { id: `r${place}`, textContent: entry.text });
      option.setAttribute("role", "option");
      if (entry.note) option.append(make("small", { textContent: entry.note }));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(place));
      return option;
    });
    const note = !asked ? [] : [make("li", { textContent: found.length ? fill(words.found, found.length) : words.nothing })];
    results.replaceChildren(...(found.length ? [...shown, ...(found.length > 40 ? note : [])] : note));
    results.hidden = !asked;
    search.setAttribute("aria-expanded", String(!results.hidden));
    search.removeAttribute("aria-activedescendant");
    byId("said").textContent = note.map((one) => one.textContent).join("");
    mark([...new Set(found.map((entry) => entry.group))].filter((group) => group.kind !== "edge").slice(0, 200));
  }
  function point(next) {
    const options = results.querySelectorAll('[role="option"]');
    if (!options.length) return;
    at = (next + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    options[at].scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", `r${at}`);
  }
  function take(place) {
    const entry = found[place];
    if (!entry) return;
    results.hidden = true;
    search.setAttribute("aria-expanded", "false");
    choose(entry.group, true, entry.row ? entry.group.facts[rowsOf(entry.group).indexOf(entry.row)][4] : -1);
  }
  search.addEventListener("input", find);
  search.addEventListener("focus", () => { if (search.value) find(); });
  search.addEventListener("blur", () => { results.hidden = true; });
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Enter") take(Math.max(at, 0));
    else return;
    event.preventDefault();
  });

  // Filters
  const chosen = {};
  function filter(name, entries, used) {
    chosen[name] = new Set(entries.keys());
    const menu = byId(name);
    const present = [...entries.keys()].filter((place) => used.has(place));
    if (present.length < 2) return;
    menu.hidden = false;
    const count = menu.querySelector("b");
    const inputs = present.map((place) => {
      const input = make("input", { type: "checkbox", checked: true, value: entries[place][0] });
      input.addEventListener("change", () => {
        if (input.checked) chosen[name].add(place);
        else chosen[name].delete(place);
        changed();
      });
      return [input, place];
    });
    const changed = () => {
      const on = inputs.filter(([input]) => input.checked).length;
      menu.classList.toggle("some", on < inputs.length);
      count.textContent = on < inputs.length ? `${on}/${inputs.length}` : "";
      apply();
    };
    const all = (word, on) => {
      const button = make("button", { type: "button", textContent: word });
      button.addEventListener("click", () => {
        for (const [input, place] of inputs) {
          input.checked = on;
          if (on) chosen[name].add(place);
          else chosen[name].delete(place);
        }
        changed();
      });
      return button;
    };
    const box = menu.querySelector("div");
    box.append(make("p", {}, all(words.all, true), all(words.none, false)));
    for (const [input, place] of inputs) {
      const label = make("label", {}, input);
      if (entries[place][2]) {
        const swatch = make("span", { className: "swatch" });
        swatch.style.setProperty("--c", entries[place][2]);
        label.append(swatch);
      }
      label.append(entries[place][1]);
      box.append(label);
    }
    menu.addEventListener("toggle", () => {
      if (menu.open) document.querySelectorAll(".menu[open]").forEach((other) => { other.open = other === menu; });
    });
  }
  document.addEventListener("pointerdown", (event) => {
    const inside = event.target.closest(".menu");
    document.querySelectorAll(".menu[open]").forEach((menu) => { if (menu !== inside) menu.open = false; });
  });

  // The day
  let day = data.day;
  const provider = data.pillars.findIndex(([slug]) => slug === "provider");
  const holds = ([, since, until]) => (!since || since <= day) && (!until || day < until);
  const isChosen = (fact) => fact[0] < 0 || chosen.mechanisms.has(fact[0]);
  function apply() {
    const isFiltered = (name) => byId(name).classList.contains("some");
    const byEdges = isFiltered("mechanisms") || isFiltered("verdicts");
    const pillarFits = (group) => group.pillar < 0 || chosen.pillars.has(group.pillar);
    const verdictFits = (group) => group.verdict < 0 || chosen.verdicts.has(group.verdict);
    const mechanismFits = (group) => !group.mechanisms.length || group.mechanisms.some((one) => chosen.mechanisms.has(one));
    for (const group of groups) {
      if (group.kind === "edge") continue;
      group.gone = data.time === "ever" && group.facts.length > 0 && !group.facts.some(holds);
      group.shown = pillarFits(group) && (group.kind === "node" || (verdictFits(group) && mechanismFits(group)));
      group.element.classList.toggle("away", group.gone);
      group.element.classList.toggle("dim", !group.shown && group.kind !== "frame" && group.kind !== "part");
    }
    let [lines, force, paper] = [0, 0, 0];
    for (const group of groups) {
      if (group.kind !== "edge") continue;
      const facts = group.facts.filter((fact) => (data.time !== "ever" || holds(fact)) && isChosen(fact));
      const there = group.facts.length ? facts.length > 0 : mechanismFits(group) && !group.from.gone && !group.to.gone;
      group.shown = there && pillarFits(group) && verdictFits(group) && group.from.shown && group.to.shown;
      group.element.classList.toggle("gone", !group.shown);
      if (!group.shown) continue;
      const idle = facts.filter((fact) => fact[3]).length;
      [lines, force, paper] = [lines + 1, force + facts.length - idle, paper + idle];
      if (data.time !== "ever" || !facts.length) continue;
      // A line keeps the look that it is drawn with, unless it stands otherwise on the chosen day.
      const [onPaper, drawn] = [idle === facts.length, group.element.dataset.drawn === "paper"];
      group.element.classList.toggle("paper", onPaper && !drawn);
      group.element.classList.toggle("force", !onPaper && drawn);
    }
    for (const group of groups) {
      // A box without a line has nothing to say, unless it is one of the bodies that the picture is about.
      const alone = byEdges || data.view === "body" || (data.time === "ever" && group.pillar !== provider);
      const idle = alone && group.kind === "node" && group.edges.length > 0 && !group.edges.some((edge) => edge.shown);
      group.element.classList.toggle("idle", idle);
    }
    if (data.time === "ever") {
      const boxes = groups.filter((group) => group.kind === "node" && group.shown && !group.gone);
      say(fill(words.onDay, lines, boxes.length, force, paper));
    }
    if (picked) tell(picked);
    light();
  }
  const readout = byId("readout");
  const say = (text) => readout.replaceChildren(make("b", { textContent: day }), ` ${text}`);
  const number = (date) => Math.round(Date.parse(`${date}T00:00:00Z`) / 864e5);
  const date = (days) => new Date(days * 864e5).toISOString().slice(0, 10);
  function startTime(days, first, last, move) {
    const [range, exact] = [byId("range"), byId("exact")];
    [range.min, range.max, range.step] = [number(first), number(last), 1];
    [exact.min, exact.max] = [first, last];
    const go = (next) => {
      day = next < first ? first : next > last ? last : next;
      range.value = number(day);
      range.setAttribute("aria-valuetext", day);
      exact.value = day;
      byId("drawn").disabled = day === data.day;
      byId("hint").hidden = data.time === "ever" && day === data.day;
      move();
    };
    const step = (back) => go(back ? days.findLast((one) => one < day) || first : days.find((one) => one > day) || last);
    range.addEventListener("input", () => go(date(Number(range.value))));
    range.addEventListener("keydown", (event) => {
      const back = event.key === "ArrowLeft" || event.key === "ArrowDown";
      if (!back && event.key !== "ArrowRight" && event.key !== "ArrowUp") return;
      event.preventDefault();
      step(back);
    });
    exact.addEventListener("change", () => { if (/^\d{4}-\d\d-\d\d$/.test(exact.value)) go(exact.value); });
    byId("earlier").addEventListener("click", () => step(true));
    byId("later").addEventListener("click", () => step(false));
    byId("drawn").addEventListener("click", () => go(data.day));
    byId("time").hidden = false;
    go(data.day);
  }

  const used = (of) => new Set(groups.filter((group) => group.kind !== "frame").flatMap(of));
  filter("pillars", data.pillars, used((group) => group.pillar));
  filter("mechanisms", data.mechanisms, used((group) => group.mechanisms));
  filter("verdicts", data.verdicts, used((group) => group.verdict));
  apply();
  if (data.time === "ever") {
    const days = new Set(groups.flatMap((group) => group.facts.flatMap((fact) => [fact[1], fact[2]])).filter(Boolean));
    const all = [...days.add(data.day)].sort();
    startTime(all, `${all[0].slice(0, 4)}-01-01`, all[all.length - 1], apply);
  } else if (data.time) {
    const { first, last, left: from, right: until, top: upper, bottom: lower } = data.time;
    // Months as if all had 31 days, as the picture has them.
    const years = (one) => {
      const [year, month, dayOfMonth] = one.split("-").map(Number);
      return year + ((month - 1) * 31 + dayOfMonth - 1) / 372;
    };
    const veil = draw("rect", "veil", { y: upper, height: lower - upper });
    const cursor = draw("line", "cursor", { y1: upper, y2: lower });
    const counted = groups.filter((group) => group.counts.length);
    const days = [...new Set(counted.flatMap((group) => group.counts.map(([one]) => one)))].sort();
    startTime(days, first, last, () => {
      const share = (years(day) - years(first)) / Math.max(years(last) - years(first), 1 / 12);
      const x = from + Math.min(Math.max(share, 0), 1) * (until - from);
      for (const [key, value] of [["x1", x], ["x2", x]]) cursor.setAttribute(key, value);
      const wide = size()[0] / scale;
      if (x < left || x > left + wide) place(x - wide * 0.7, top);
      veil.setAttribute("x", x);
      veil.setAttribute("width", day < last ? data.width - x : 0);
      const numbers = counted.map((group) => {
        const [, count] = group.counts.findLast(([one]) => one <= day) || [day, 0];
        return [count, data.verdicts[group.verdict][1]];
      });
      say(numbers.filter(([count]) => count).map((pair) => pair.join(" ")).join(" · "));
    });
  }

  addEventListener("beforeprint", () => svg.setAttribute("viewBox", [picture.x, picture.y, picture.width, picture.height].join(" ")));
  addEventListener("afterprint", show);
  begin();
  show();
})();
