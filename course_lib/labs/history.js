// The lab's face: bars that are dragged, a ladder of models, and small inputs for the selected operation.

/** What a pointer takes hold of: an end of a bar where it is near one, else the whole. */
export function grip(x, left, right, reach = 9) {
  const near = Math.min(reach, (right - left) / 3);
  if (x - left <= near) return "start";
  return right - x <= near ? "end" : "whole";
}

const MARKS = { yes: "✓", no: "✗", unknown: "?", "not tested": "–" };

function render({ model, el }) {
  let held = null; // what the pointer drags, and how far

  const examples = h("select", { onchange: () => examples.value && act("load", { name: examples.value }) });
  const undo = button("Undo", () => act("undo"));
  const add = button("Add operation", () => act("add", { process: who.value }));
  const who = h("select", {});
  const copy = button("Copy as code", onCopy);
  const code = h("textarea", { readonly: "", rows: 6, "aria-label": "The history as Python", hidden: "" });
  const ladder = h("div", { class: "ladder", role: "radiogroup", "aria-label": "Models" });
  const picture = h("div", { class: "picture", tabindex: 0, "aria-label": "Operations: arrows move the selected one" });
  const kind = h("select", { onchange: () => change("set_kind", { kind: kind.value }) }, option("read"), option("write"));
  const value = h("input", { type: "text", maxlength: 12, onchange: () => change("set_value", { value: value.value }) });
  const known = h("input", { type: "checkbox", onchange: () => change("set_known", { known: known.checked }) });
  const nudges = [["start", -1], ["start", 1], ["end", -1], ["end", 1]].map(([end, by]) =>
    button(by < 0 ? "−" : "+", () => change("resize", { end, by })));
  const remove = button("Remove", () => change("remove", {}));
  const fields = h("span", { class: "chosen", role: "group", "aria-label": "Selected operation" },
    labelled("Kind", kind), labelled("Value", value), labelled("Answered", known),
    h("span", { class: "nudge" }, "Start ", nudges[0], nudges[1]), h("span", { class: "nudge" }, "End ", nudges[2], nudges[3]),
    remove);
  const hint = h("p", { class: "reasons" }, "Drag a bar, or one of its ends. Keys: Tab to the picture, n selects the next, "
    + "arrows move it, Shift and arrows move its end, Delete removes it.");
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const root = h("form", { class: "course-lab course-historylab", "aria-label": "History lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls" }, labelled("History", examples), labelled("Process", who), add, undo, copy),
    h("div", { class: "sides" }, h("div", { class: "main" }, picture, h("div", { class: "controls" }, fields), hint), ladder),
    code, status);
  keepKeys(root);
  ["start", "end"].forEach((end, i) => {
    nudges[2 * i].setAttribute("aria-label", `${end} earlier`);
    nudges[2 * i + 1].setAttribute("aria-label", `${end} later`);
  });
  const { act, answered, close } = connect(model, status, [], show);

  function option(words) {
    return h("option", { value: words }, words);
  }

  function change(what, args) {
    const { chosen } = model.get("frame");
    if (chosen !== null) act(what, { index: chosen, ...args });
  }

  function onCopy() {
    code.hidden = !code.hidden;
    code.select();
    navigator.clipboard?.writeText(code.value).catch(() => {});
  }

  const bar = (target) => target.closest?.("[data-operation]");

  picture.addEventListener("pointerdown", (e) => {
    const found = bar(e.target);
    if (!found) return;
    const rects = [...found.querySelectorAll("rect")];
    const box = rects.at(-1).getBoundingClientRect();
    held = {
      part: grip(e.clientX, box.left, box.right), from: e.clientX, at: e.clientX, up: false,
      moved: 0, wanted: 0, busy: true, // until Python has selected it
      room: { "-1": Infinity, 1: Infinity }, // units that Python has not refused, to the left and to the right
    };
    act("select", { index: Number(found.dataset.operation) });
    picture.setPointerCapture(e.pointerId);
    e.preventDefault();
    picture.focus({ preventScroll: true });
  });
  picture.addEventListener("pointermove", (e) => held?.up || follow(e.clientX));
  picture.addEventListener("pointerup", (e) => {
    if (held) held.up = true;
    follow(e.clientX);
  });
  picture.addEventListener("pointercancel", () => (held = null));

  /** Asks for what the pointer has moved on by: one act at a time, and the rest when it is answered. */
  function follow(at = held?.at) {
    if (!held) return;
    held.at = at;
    if (held.busy) return;
    const { chosen, unit } = model.get("frame");
    const by = Math.round((at - held.from) / unit) - held.moved, sign = Math.sign(by) || 1;
    held.wanted = sign * Math.min(Math.abs(by), held.room[sign]);
    if (held.wanted && chosen !== null) {
      held.busy = true;
      if (held.part === "whole") act("move", { index: chosen, by: held.wanted });
      else act("resize", { index: chosen, end: held.part, by: held.wanted });
    } else if (held.up) held = null;
  }

  /** A drag goes on from where Python has put the bar; what it has refused is tried one unit nearer. */
  function goOn(refused) {
    if (!held?.busy) return;
    const sign = Math.sign(held.wanted) || 1, units = Math.abs(held.wanted);
    if (refused) held.room[sign] = Math.max(0, units - 1);
    else {
      held.moved += held.wanted;
      held.room[sign] -= units;
      held.room[-sign] += units;
    }
    held.busy = false;
    follow();
  }

  picture.addEventListener("keydown", (e) => {
    const frame = model.get("frame");
    const count = picture.querySelectorAll("[data-operation]").length;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (e.key === "n" || e.key === "p") {
      const step = e.key === "n" ? 1 : -1;
      act("select", { index: frame.chosen === null ? 0 : (frame.chosen + step + count) % count });
    } else if (by && e.shiftKey) change("resize", { end: "end", by });
    else if (by) change("move", { by });
    else if (e.key === "Delete" || e.key === "Backspace") change("remove", {});
    else return;
    e.preventDefault();
  });

  function showLadder(frame) {
    const focused = ladder.contains(document.activeElement);
    ladder.replaceChildren(...frame.ladder.map(({ level, holds }) => {
      const input = h("input", { type: "radio", name: "level", value: level, "aria-label": `${level}: ${holds}`, onchange: () => act("climb", { level }) });
      input.checked = level === frame.level;
      const mark = h("b", { class: holds.replace(" ", "-"), "aria-hidden": "true" }, MARKS[holds]);
      return h("label", {}, input, mark, h("span", {}, level));
    }));
    if (focused) ladder.querySelector("input:checked").focus({ preventScroll: true });
  }

  function showFields(frame) {
    const one = frame.operation;
    for (const control of [kind, value, known, ...nudges, remove]) control.disabled = !one;
    if (!one) return;
    kind.value = one.kind;
    if (document.activeElement !== value) value.value = one.value;
    value.disabled = one.kind === "read" && !one.known;
    known.checked = one.known;
    nudges[2].disabled = nudges[3].disabled = !one.known;
  }

  function show(frame) {
    const names = ["", ...frame.examples];
    if (examples.options.length !== names.length) {
      examples.replaceChildren(...names.map((name) => h("option", { value: name }, name || "your own")));
    }
    examples.value = frame.example;
    const chosen = who.value;
    who.replaceChildren(...frame.processes.map((name) => option(String(name))), h("option", { value: "" }, "a new one"));
    if ([...who.options].some(({ value }) => value === chosen)) who.value = chosen;
    undo.disabled = !frame.undo;
    code.value = frame.code;
    const scrolled = picture.querySelector(".course-history > div")?.scrollLeft ?? 0;
    picture.innerHTML = frame.svg;
    picture.querySelector(".course-history > div").scrollLeft = scrolled;
    showLadder(frame);
    showFields(frame);
    goOn(frame.problem);
  }

  answered();
  el.append(root);
  const showTwin = hideTwin(el);
  return () => {
    close();
    showTwin();
  };
}

export default { render };
