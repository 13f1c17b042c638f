// The partition lab's face. Python sends the whole run; time is moved here, and faults are Python's to add.

const SVG = "http://www.w3.org/2000/svg";
const A_ROW = 420; // milliseconds that playing takes to go down a row of the diagram

function s(tag, properties, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function render({ model, el }) {
  let frame = model.get("frame");
  let position = 0; // so many moments have passed; between two whole numbers while it plays
  let selected = frame.nodes[0].name;
  let chosen = ""; // the id of a message
  let playing = null;
  let shownStates = null;
  const side = new Set(); // the nodes to be cut off from the others
  const passed = () => Math.floor(position);
  const act = (name, args) => { stop(); python.act(name, args); };
  const here = () => ({ after: passed() });

  const play = button("Play", () => (playing ? stop() : start()));
  const back = button("Step back", () => step(-1));
  const forth = button("Step", () => step(1));
  const slider = h("input", { type: "range", min: 0, step: 1, "aria-label": "Time", oninput: () => { stop(); go(Number(slider.value)); } });
  const clock = h("span", { class: "clock", "aria-hidden": "true" }); // the slider says it too
  const now = h("p", { class: "now" });
  const map = h("div", { class: "map", onclick: onMap });
  const states = h("div", { class: "states", role: "group", "aria-label": "States of the nodes", tabindex: 0 });
  const chips = h("div", { class: "chips", role: "radiogroup", "aria-label": "Nodes" });
  const crash = button("Crash", () => act("crash", { node: selected, ...here() }));
  const restart = button("Restart", () => act("restart", { node: selected, ...here() }));
  const pause = button("Pause", () => act("pause", { node: selected, ...here() }));
  const resume = button("Resume", () => act("resume", { node: selected, ...here() }));
  const message = h("select", { "aria-label": "Message", onchange: () => choose(message.value) });
  const drop = button("Drop", () => act("drop", { message: chosen }));
  const duplicate = button("Repeat", () => act("duplicate", { message: chosen }));
  const by = h("input", { type: "number", min: 0, step: "any", value: 1, "aria-label": "Seconds of delay" });
  const delay = button("Delay", () => act("delay", { message: chosen, by: Number(by.value) }));
  const sides = h("span", { class: "sides", role: "group", "aria-label": "Nodes to be cut off" });
  const cut = button("Cut", () => act("cut", { groups: [[...side]], ...here() }));
  const heal = button("Heal all", () => act("heal", here()));
  const lights = h("ul", { class: "lights", "aria-label": "Invariants" });
  const faults = h("ul", { class: "faults", "aria-label": "Faults" });
  const undo = button("Undo", () => act("undo"));
  const redo = button("Redo", () => act("redo"));
  const seed = h("input", { type: "text", maxlength: 20, spellcheck: "false", onchange: reseed });
  const copy = button("Copy as code", copyCode);
  const code = h("textarea", { class: "code", rows: 2, readonly: "", hidden: "", "aria-label": "The faults as Python" });
  const locked = h("p", { class: "reasons" });
  const diagram = h("div", { class: "diagram", tabindex: 0, role: "group", onclick: onDiagram });
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const root = h(
    "form",
    { class: "course-lab course-partition", "aria-label": "Partition lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls time" }, back, play, forth, slider, clock),
    now,
    h("div", { class: "above" }, map, states),
    h("fieldset", { class: "acts" },
      h("div", { class: "controls" }, h("b", {}, "Node"), chips, crash, restart, pause, resume),
      h("div", { class: "controls" }, h("b", {}, "Message"), message, drop, duplicate, delay, h("label", {}, "by", by, "s")),
      h("div", { class: "controls" }, h("b", {}, "Cut off"), sides, cut, heal, h("span", { class: "hint" }, "or click a link"))),
    locked,
    h("div", { class: "controls script" }, h("b", {}, "Faults"), faults, undo, redo, labelled("Seed", seed), copy),
    code, lights, status, diagram,
  );
  root.addEventListener("keydown", onKey);
  keepKeys(root);
  const veil = s("rect", { class: "veil", x: 0, width: 5000 });
  const line = s("path", { class: "cursor" });
  const python = connect(model, status, [], show);

  // Time

  function go(to) {
    position = Math.min(Math.max(to, 0), frame.moments.length);
    draw();
  }

  function step(by) {
    stop();
    go(by > 0 ? passed() + 1 : Math.ceil(position) - 1);
  }

  function start() {
    if (position >= frame.moments.length) position = 0;
    let last = null, wait = 0;
    const tick = (time) => {
      const elapsed = last === null ? 0 : time - last;
      last = time;
      if (calm()) { // moment by moment, without anything that slides
        wait += elapsed;
        if (wait >= 2 * A_ROW) { wait = 0; go(passed() + 1); }
      } else go(position + elapsed / pace());
      if (position >= frame.moments.length) return stop();
      playing = requestAnimationFrame(tick);
    };
    playing = requestAnimationFrame(tick);
    play.textContent = "Stop";
    now.setAttribute("aria-live", "off");
  }

  function pace() { // what shares a row takes less time
    const i = Math.max(passed(), 1);
    return i < frame.y.length && frame.y[i] === frame.y[i - 1] ? A_ROW / 5 : A_ROW;
  }

  function stop() {
    if (playing) cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play";
    now.setAttribute("aria-live", "polite");
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input[type=text], input[type=number], select, textarea");
    const pressing = typing || event.target.matches("button, input[type=checkbox]");
    const choosing = typing || event.target.matches("input[type=radio]");
    if (event.key === " " && !pressing && !choosing) play.click();
    else if (choosing || event.target === slider) return;
    else if (event.key === "ArrowRight") step(1);
    else if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(frame.moments.length);
    else return;
    event.preventDefault();
  }

  // What a click means

  function onDiagram(event) {
    const id = event.target.closest("[data-message]")?.dataset.message;
    const node = event.target.closest("svg:first-child [data-node]")?.dataset.node;
    if (node) return select(node);
    if (id) choose(id);
    const svg = diagram.querySelectorAll("svg")[1];
    const box = svg.getBoundingClientRect();
    const y = (event.clientY - box.top) * svg.viewBox.baseVal.height / box.height;
    if (!id && y >= 0) { stop(); go(frame.y.filter((row) => row <= y + 10).length); }
  }

  function onMap(event) {
    const { dataset } = event.target.closest("[data-node], [data-message], [data-from]") ?? {};
    if (!dataset) return;
    if (dataset.message) choose(dataset.message);
    else if (dataset.node) select(dataset.node);
    else if (!frame.locked) {
      const link = [dataset.from, dataset.to];
      if (situation(frame, passed()).cut.has(String(link))) act("heal", { between: link, ...here() });
      else act("cut", { groups: link.map((name) => [name]), ...here() });
    }
  }

  function select(node) {
    selected = node;
    chips.querySelectorAll("input").forEach((chip) => (chip.checked = chip.value === node));
    draw();
  }

  function choose(id) {
    chosen = id;
    message.value = id;
    root.querySelectorAll("[data-message]").forEach((it) => it.classList.toggle("chosen", it.dataset.message === id));
    draw();
  }

  function reseed() {
    const word = seed.value.trim();
    if (word) act("reseed", { seed: /^-?\d{1,15}$/.test(word) ? Number(word) : word });
  }

  async function copyCode() {
    code.hidden = false;
    code.value = frame.code;
    code.select();
    try {
      await navigator.clipboard.writeText(frame.code);
      status.textContent = "Copied.";
    } catch {
      status.textContent = "Selected: press Ctrl+C.";
    }
  }

  // What is seen at the cursor

  function draw() {
    const k = passed();
    const last = frame.moments[k - 1];
    const end = frame.moments.length;
    slider.value = k;
    const time = end ? between(frame.moments.map((moment) => moment.time), position) : 0;
    const shown = frame.unit === "s" ? `${Number(time.toFixed(playing ? 3 : 6))} s` : `step ${Math.floor(time)}`;
    clock.textContent = `${shown} · ${k} of ${end}`;
    slider.setAttribute("aria-valuetext", `${shown}, ${k} of ${end} moments${last ? `: ${last.words}` : ""}`);
    now.textContent = last ? last.words : "Nothing has happened yet.";
    const there = situation(frame, k);
    drawCursor();
    drawMap(there, statesAt(frame, k));
    drawStates(k);
    drawLights(k);
    const fixed = Boolean(frame.locked);
    crash.disabled = fixed || there.down.has(selected);
    restart.disabled = fixed || !there.down.has(selected);
    pause.disabled = fixed || there.down.has(selected) || there.paused.has(selected);
    resume.disabled = fixed || !there.paused.has(selected);
    for (const control of [drop, duplicate, delay, by]) control.disabled = fixed || !chosen;
    cut.disabled = fixed || !side.size || side.size === frame.nodes.length;
    heal.disabled = fixed || !there.cut.size;
    back.disabled = position <= 0;
    forth.disabled = k >= end;
  }

  function drawCursor() {
    const y = frame.y.length && position >= 1 ? between(frame.y, position) : 6;
    line.setAttribute("d", `M0 ${y + 17}H5000`); // below the words of its row: what is above has happened
    veil.setAttribute("y", y + 17);
    veil.setAttribute("height", position < frame.moments.length ? Math.max(0, frame.height - y - 17) : 0);
    const svg = diagram.querySelectorAll("svg")[1];
    const scale = svg.clientHeight / frame.height || 1;
    const head = diagram.firstElementChild.clientHeight;
    const at = y * scale, room = diagram.clientHeight - head - 40;
    if (at < diagram.scrollTop + 20 || at > diagram.scrollTop + room) {
      diagram.scrollTop = Math.max(0, at - (playing ? 60 : room / 2));
    }
  }

  function drawMap({ down, paused, cut }, current) {
    for (const node of map.querySelectorAll(".node")) {
      const { node: name } = node.dataset;
      const state = down.has(name) ? "down" : paused.has(name) ? "paused" : "up";
      node.dataset.state = state;
      node.querySelector(".plate").setAttribute("opacity", state === "down" ? 0.35 : 1);
      node.querySelector(".state text").textContent = state === "up" ? current[name]?.said ?? "" : state;
      node.querySelector(".ring").style.display = name === selected || side.has(name) ? "" : "none";
      node.classList.toggle("side", side.has(name));
    }
    for (const link of map.querySelectorAll(".link")) {
      const is = cut.has(`${link.dataset.from},${link.dataset.to}`);
      link.classList.toggle("cut", is);
      link.querySelector(".cross").style.display = is ? "" : "none";
      if (is) link.querySelector(".wire").setAttribute("stroke-dasharray", "2 6");
      else link.querySelector(".wire").removeAttribute("stroke-dasharray");
    }
    const nodes = Object.fromEntries(frame.nodes.map((node) => [node.name, node]));
    const crowd = {};
    const taken = frame.nodes.map(({ x, y }) => ({ left: x - 24, right: x + 24, y })); // words that touch are left out
    for (const said of map.querySelectorAll(".state text")) {
      const x = Number(said.getAttribute("x")), half = 3.6 * said.textContent.length;
      if (half) taken.push({ left: x - half, right: x + half, y: Number(said.getAttribute("y")) });
    }
    const flights = flying(frame, position);
    map.querySelector(".flights").replaceChildren(...flights.map((it) => {
      const key = [it.from, it.to, Math.round(it.way * 8)];
      const rank = crowd[key] = (crowd[key] ?? -1) + 1;
      const { x, y } = spot(nodes[it.from], nodes[it.to], it.way, rank);
      const back = x > 300, wide = 6.4 * it.short.length; // words stay on the canvas
      const left = back ? x - 8 - wide : x + 8, right = left + wide;
      const free = it.id === chosen || taken.every((one) => Math.abs(y - one.y) > 13 || one.left > right || left > one.right);
      if (free) taken.push({ left, right, y });
      return s("g", { class: it.id === chosen ? "flight chosen" : "flight", "data-message": it.id },
        s("title", {}, `${it.id} ${it.words}`),
        s("circle", { cx: x, cy: y, r: 5 }),
        ...(free ? [s("text", { x: x + (back ? -8 : 8), y: y + 4, "text-anchor": back ? "end" : "start" }, it.short)] : []));
    }));
    map.firstElementChild.setAttribute("aria-label", [
      `${frame.nodes.length} nodes.`,
      down.size ? `Down: ${[...down]}.` : "", paused.size ? `Paused: ${[...paused]}.` : "",
      cut.size ? `Cut: ${[...cut].map((link) => link.replace(",", " and ")).join(", ")}.` : "",
      flights.length ? `On their way: ${flights.map(({ id, short }) => `${id} ${short}`).join(", ")}.` : "",
    ].join(" "));
  }

  function drawStates(k) {
    const current = statesAt(frame, k);
    const key = frame.nodes.map(({ name }) => `${current[name]?.passed}${current[name]?.passed === k}`).join() + selected;
    if (key === shownStates) return;
    shownStates = key;
    const scrolled = states.scrollTop;
    states.replaceChildren(...frame.nodes.map((node) => card(node, current[node.name], k)));
    states.scrollTop = scrolled;
  }

  function card(node, state, k) {
    const fresh = state?.passed === k; // it is as it is since this very moment
    const rows = (kind) => (state?.[kind] ?? []).map(([name, value]) => {
      const old = state.before?.[kind].find(([other]) => other === name)?.[1];
      return h("tr", { class: fresh && old !== value ? "changed" : "" },
        h("th", { scope: "row" }, kind === "disk" ? `disk[${name}]` : name), h("td", {}, value));
    });
    const timers = state?.timers.length ? [h("tr", {}, h("th", { scope: "row" }, "timers"), h("td", {}, state.timers.join(", ")))] : [];
    const all = [...rows("memory"), ...rows("disk"), ...timers];
    const words = !state ? "not started" : !state.up ? "down" : state.said || (all.length ? "" : "no attributes");
    return h("section", { class: node.name === selected ? "card selected" : "card", "data-card": node.name,
      onclick: () => select(node.name) },
      h("h4", { style: `--node:${node.colour};--on-node:${node.ink}` }, h("span", {}, node.name), h("i", {}, words)),
      h("table", {}, h("tbody", {}, ...all)));
  }

  function drawLights(k) {
    for (const light of lights.children) {
      const broken = light.dataset.broke !== "" && k >= Number(light.dataset.broke);
      light.classList.toggle("broken", broken);
      light.firstElementChild.textContent = broken ? "✗" : "✓";
      light.lastElementChild.textContent = ` ${inWords(frame.invariants[light.dataset.number], broken)}`;
    }
  }

  function inWords({ name, broke, reason }, broken) {
    if (broken) return `${name} breaks at ${told(broke)}: ${reason}`;
    return broke === undefined ? `${name} holds` : `${name} holds until ${told(broke)}`;
  }

  // A new run

  function show(next) {
    const first = !map.firstElementChild;
    frame = next;
    frame.moments.length || (frame.y = []);
    shownStates = null;
    if (first) {
      map.innerHTML = frame.topology;
      chips.replaceChildren(...frame.nodes.map((node) => chip(node, node.name, () => select(node.name))));
      sides.replaceChildren(...frame.nodes.map(({ name }) => labelled(name, h("input", {
        type: "checkbox", value: name, onchange: (e) => { e.target.checked ? side.add(name) : side.delete(name); draw(); },
      }))));
      chips.querySelector("input").checked = true;
    }
    diagram.innerHTML = frame.head + frame.body;
    diagram.setAttribute("aria-label", `${frame.words} Arrows step, space plays.`);
    diagram.querySelectorAll("svg")[1].append(veil, line);
    slider.max = frame.moments.length;
    if (!frame.messages.some(({ id }) => id === chosen)) chosen = "";
    message.replaceChildren(h("option", { value: "" }, "none selected"),
      ...frame.messages.map(({ id, words }) => h("option", { value: id }, `${id} ${words}`)));
    lights.replaceChildren(...frame.invariants.map((it, number) => h("li", { "data-number": number, "data-broke": it.broke ?? "" },
      h("b", { "aria-hidden": "true" }, ""),
      h("span", {}, ""))));
    faults.replaceChildren(...frame.faults.map((words, number) => {
      const remove = button("✕", () => act("remove_fault", { number }));
      remove.setAttribute("aria-label", `Remove ${words}`);
      return h("li", {}, h("code", {}, words), remove);
    }));
    if (!frame.faults.length) faults.append(h("li", { class: "none" }, "none"));
    undo.disabled = !frame.undo;
    redo.disabled = !frame.redo;
    if (document.activeElement !== seed) seed.value = frame.seed;
    seed.disabled = copy.disabled = Boolean(frame.locked);
    code.value = frame.code;
    locked.textContent = frame.locked;
    if (first || !frame.problem || frame.number === null) position = Math.min(frame.cursor, frame.moments.length);
    position = Math.min(position, frame.moments.length);
    choose(chosen);
  }

  function told(moments) {
    const time = frame.moments[moments - 1]?.time ?? 0;
    return frame.unit === "s" ? `${time} s` : `step ${time}`;
  }

  el.append(root);
  python.answered();
  const showTwin = hideTwin(el);
  requestAnimationFrame(draw); // sizes are known once it stands in the page
  return () => {
    stop();
    python.close();
    showTwin();
  };
}

export default { render };
