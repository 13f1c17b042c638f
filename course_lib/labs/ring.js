// The lab's face: it sends what the reader does and shows the picture that Python answers with.

/** The turn (0 at 12 o'clock, clockwise) under a place on the picture, or null where there is no ring. */
export function turnAt(x, y, centre = 215, inner = 118, outer = 180) {
  const radius = Math.hypot(x - centre, y - centre);
  if (radius < inner || radius > outer) return null;
  return (Math.atan2(x - centre, centre - y) / (2 * Math.PI) + 1) % 1;
}

const BURSTS = ["set_vnodes", "probe", "probe_at", "set_replicas"];

function render({ model, el }) {
  let selected = model.get("frame").nodes[0].name;
  let wanted = null; // the name that the selected node is about to get

  const way = h("select", { onchange: () => act("place_by", { way: way.value }) });
  const slider = h("input", { type: "range", min: 0, oninput: slide });
  const count = h("b", { "aria-hidden": "true" });
  const probe = h("input", { type: "text", maxlength: 80, spellcheck: "false", oninput: follow });
  const replicas = h("input", { type: "number", min: 1, onchange: () => number(replicas, "set_replicas", "replicas") });
  const chips = h("div", { class: "chips", role: "radiogroup", "aria-label": "Nodes", onkeydown: onNode });
  const name = h("input", { type: "text", maxlength: 40, spellcheck: "false", onchange: rename });
  const weight = h("input", { type: "number", min: 0.1, max: 10, step: "any", onchange: () => weigh(Number(weight.value)) });
  const add = button("Add node", () => act("add"));
  const remove = button("Remove", () => act("remove", { node: selected }));
  const picture = h("div", { class: "picture", onclick: onPicture });
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const reasons = h("p", { class: "reasons" });
  const root = h(
    "form",
    { class: "course-lab course-ring", "aria-label": "Ring lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls" },
      labelled("Placed by", way), labelled("Virtual nodes", slider, count),
      labelled("Key", probe), labelled("Replicas", replicas)),
    h("div", { class: "controls" }, chips, add,
      h("span", { class: "chosen", role: "group", "aria-label": "Selected node" },
        labelled("Name", name), labelled("Weight", weight), remove)),
    reasons, picture, status,
  );
  keepKeys(root);
  const { act, line, answered, close } = connect(model, status, BURSTS, show);

  function slide() {
    const vnodes = model.get("frame").scale[slider.value];
    showCount(vnodes);
    act("set_vnodes", { vnodes });
  }

  function follow() {
    if (probe.value) act("probe", { key: probe.value });
  }

  function number(input, name, argument) {
    if (input.value) act(name, { [argument]: Number(input.value) });
  }

  function weigh(value) {
    if (value > 0) act("weigh", { node: selected, weight: value });
  }

  function rename() {
    wanted = name.value.trim();
    if (wanted && wanted !== selected) act("rename", { node: selected, name: wanted });
  }

  function onNode(event) {
    const chosen = model.get("frame").nodes.find((node) => node.name === selected);
    if (event.key === "Delete" || event.key === "Backspace") act("remove", { node: selected });
    else if (!weight.disabled && (event.key === "+" || event.key === "=")) weigh(Math.min(10, chosen.weight + 1));
    else if (!weight.disabled && event.key === "-") weigh(Math.max(1, chosen.weight - 1));
    else return;
    event.preventDefault();
  }

  function onPicture(event) {
    const svg = picture.firstElementChild;
    const box = svg.getBoundingClientRect();
    const unit = svg.viewBox.baseVal.width / box.width;
    const turn = turnAt((event.clientX - box.left) * unit, (event.clientY - box.top) * unit);
    const node = event.target.closest("[data-node]")?.dataset.node;
    if (turn !== null) act("probe_at", { turn });
    else if (node) select(node);
  }

  function select(node) {
    selected = node;
    chips.querySelectorAll("input").forEach((chip) => (chip.checked = chip.value === node));
    showSelected(model.get("frame"));
  }

  function showChips(frame) {
    const before = [...chips.querySelectorAll("input")];
    const names = frame.nodes.map((node) => node.name);
    if (!names.includes(selected)) {
      const place = before.findIndex((chip) => chip.value === selected);
      selected = names.includes(wanted) ? wanted : names[Math.max(0, Math.min(place, names.length - 1))];
    }
    const focused = chips.contains(document.activeElement);
    chips.replaceChildren(...frame.nodes.map((node) => {
      const words = node.weight === 1 ? node.name : `${node.name} ×${node.weight}`;
      return chip(node, words, () => select(node.name));
    }));
    select(selected);
    if (focused) chips.querySelector("input:checked").focus({ preventScroll: true });
  }

  function showSelected(frame) {
    const node = frame.nodes.find(({ name }) => name === selected);
    if (document.activeElement !== name) name.value = node.name;
    weight.value = node.weight;
    remove.disabled = frame.nodes.length === 1;
  }

  function showCount(vnodes) {
    count.textContent = vnodes;
    slider.setAttribute("aria-valuetext", `${vnodes} virtual nodes`);
  }

  function show(frame) {
    const first = !picture.firstElementChild;
    if (first) way.append(...Object.entries(frame.ways).map(([value, words]) => h("option", { value }, words)));
    way.value = frame.way;
    slider.max = frame.scale.length - 1;
    if (!line.waiting.length) { // else the reader is ahead, and his hand on the slider is right
      slider.value = frame.scale.indexOf(frame.vnodes);
      showCount(frame.vnodes);
    }
    if (document.activeElement !== probe) probe.value = frame.probe;
    replicas.max = frame.nodes.length;
    replicas.value = frame.replicas;
    for (const [control, input] of Object.entries({ vnodes: slider, weights: weight, replicas })) {
      input.disabled = control in frame.missing;
      input.title = frame.missing[control] ?? "";
    }
    reasons.textContent = Object.values(frame.missing).join(" ");
    const nodes = JSON.stringify(frame.nodes);
    if (chips.dataset.shown !== nodes) showChips(frame);
    else showSelected(frame);
    chips.dataset.shown = nodes;
    picture.innerHTML = frame.svg;
  }

  answered();
  return putInto(el, root, close);
}

export default { render };
