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
  const [copy, code] = copyAsCode("The history as Python", 6);
  const ladder = h("div", { class: "ladder", role: "radiogroup", "aria-label": "Models" });
  const picture = h("div", { class: "picture", tabindex: 0, role: "group", "aria-label": "Operations: arrows move the selected one" });
  const kind = h("select", { onchange: () => change("set_kind", { kind: kind.value }) }, option("read"), option("write"));
  const value = h("input", { type: "text", maxlength: 12, onchange: () => change("set_value", { value: value.value }) });
  const known = h("input", { type: "checkbox", onchange: () => change("set_known", { known: known.checked }) });
  const key = h("input", { type: "text", maxlength: 12, onchange: () => change("set_key", { key: key.value }) });
  const keyed = labelled("Key", key);
  const [start, end] = ["start", "end"].map((name) => {
    const input = h("input", { type: "number", min: 0, step: 1, onchange: () => {
      const by = Number(input.value) - model.get("frame").operation[name];
      if (input.value && by) change("resize", { end: name, by });
    } });
    return input;
  });
  const remove = button("Remove", () => change("remove", {}));
  const fields = h("span", { class: "chosen", role: "group", "aria-label": "Selected operation" },
    labelled("Kind", kind), keyed, labelled("Value", value), labelled("Start", start), labelled("End", end),
    labelled("Answered", known), remove);
  const hint = h("p", { class: "reasons" }, "Drag a bar, or one of its ends. Keys: Tab to the picture, n selects the next, "
    + "arrows move it, Shift and arrows move its end, Delete removes it.");
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const root = h("form", { class: "course-lab course-historylab", "aria-label": "History lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls" }, labelled("History", examples), add, labelled("by", who), undo, copy),
    h("div", { class: "sides" }, h("div", { class: "main" }, picture, h("div", { class: "controls" }, fields), hint), ladder),
    code, status);
  keepKeys(root);
  const { act, answered, close } = connect(model, status, [], show);

  function option(words) {
    return h("option", { value: words }, words);
  }

  function change(what, args) {
    const { chosen } = model.get("frame");
    if (chosen !== null) act(what, { index: chosen, ...args });
  }

  const bar = (target) => target.closest?.("[data-operation]");

  picture.addEventListener("pointerdown", (e) => {
    const found = bar(e.target);
    if (!found || held) return;
    const box = [...found.querySelectorAll("rect")].at(-1).getBoundingClientRect();
    held = {
      part: grip(e.clientX, box.left, box.right), from: e.clientX, at: e.clientX, up: false,
      busy: true, // until Python has selected it
      origin: null, tried: null, // where the part was, and where it was last asked to be, in units of time
    };
    act("select", { index: Number(found.dataset.operation) });
    picture.setPointerCapture(e.pointerId);
    e.preventDefault();
    picture.focus({ preventScroll: true });
  });
  picture.addEventListener("pointermove", (e) => held && !held.up && follow(e.clientX));
  picture.addEventListener("pointerup", (e) => release(e.clientX));
  picture.addEventListener("pointercancel", () => release(held?.at));

  function release(at) {
    if (!held || held.up) return;
    held.up = true;
    follow(at);
  }

  /** Asks for what the pointer has moved on by: one act at a time, and the rest when it is answered. */
  function follow(at = held.at) {
    held.at = at;
    if (held.busy) return;
    const { chosen, operation, unit } = model.get("frame");
    const now = operation?.[held.part === "end" ? "end" : "start"] ?? 0;
    held.origin ??= now;
    held.tried ??= now;
    const wanted = held.origin + Math.round((at - held.from) / unit);
    if (operation && wanted !== held.tried && wanted !== now) {
      held.busy = true;
      held.tried = wanted;
      act("drag", { index: chosen, part: held.part, by: Math.max(-40, Math.min(40, wanted - now)) });
    } else if (held.up) {
      if (held.tried !== held.origin) act("drop");
      held = null;
    }
  }

  /** A drag goes on from where Python has put the bar. */
  function goOn() {
    if (!held?.busy) return;
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
      const words = holds === "yes" || holds === "no" ? level : `${level}: ${holds}`;
      return h("label", {}, input, mark, h("span", {}, words));
    }));
    if (focused) ladder.querySelector("input:checked").focus({ preventScroll: true });
  }

  function showFields(frame) {
    const one = frame.operation;
    for (const control of [kind, key, value, known, start, end, remove]) control.disabled = !one;
    keyed.hidden = !one || one.key === null;
    if (!one) return;
    kind.value = one.kind;
    if (document.activeElement !== value) value.value = one.value;
    value.disabled = one.kind === "read" && !one.known;
    known.checked = one.known;
    start.value = one.start;
    end.value = one.end ?? "";
    end.disabled = !one.known;
    if (document.activeElement !== key) key.value = one.key ?? "";
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
    goOn();
  }

  answered();
  return putInto(el, root, close);
}

export default { render };
