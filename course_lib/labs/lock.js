// The lock lab's face: handles in the picture that are dragged or moved by arrows, and inputs for the same.

/** Where a handle goes whose pointer has moved by so many pixels: in tenths of a second. */
export function placeAt(from, pixels, unit) {
  return Math.round((from + pixels / unit) * 10) / 10;
}

function render({ model, el }) {
  const fencing = h("select", { onchange: () => act("set_fencing", { to: fencing.value }) });
  const ttl = seconds(0.1, 30, () => act("set_ttl", { seconds: number(ttl) }));
  const work = seconds(0, 10, () => act("set_work", { seconds: number(work) }));
  const pauses = h("input", { type: "checkbox", onchange: () => act("pauses", { on: pauses.checked }) });
  const [at, until] = ["from", "until"].map((name) => {
    const input = seconds(0, 30, () => act("set_pause", { at: number(at), until: number(until) }));
    input.setAttribute("aria-label", `ann pauses ${name}`);
    return input;
  });
  const undo = button("Undo", () => act("undo"));
  const reset = button("Reset", () => act("reset"));
  const [copy, code] = copyAsCode("The run as Python", 5);
  const picture = h("div", { class: "picture" });
  const hint = h("p", { class: "reasons" }, "Drag ann's pause, one of its ends, or the end of the TTL. Keys: Tab to one "
    + "of them, arrows move it by 0.1 s, with Shift or by Page Up and Page Down by 1 s.");
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const root = h("form", { class: "course-lab course-locklab", "aria-label": "Lock lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls" }, labelled("Fencing", fencing), labelled("TTL", ttl, "s"), labelled("Work", work, "s"),
      h("span", { class: "pause" }, labelled("ann pauses", pauses), at, "to", until, "s")),
    h("div", { class: "controls" }, undo, reset, copy),
    picture, hint, code, status);
  keepKeys(root);
  const { act, answered, close } = connect(model, status, ["drag"], show);

  function seconds(min, max, onchange) {
    return h("input", { type: "number", min, max, step: "any", onchange });
  }

  /** An empty input is no number: Python says what it should be. */
  function number(input) {
    return input.value === "" ? null : Number(input.value);
  }

  draggable(picture, act, (part) => {
    const { places, unit } = model.get("frame");
    return { from: places[part], unit, across: (e) => e.clientX };
  }, placeAt);

  picture.addEventListener("keydown", (e) => {
    const found = handle(e.target);
    const by = NUDGES[e.key];
    if (!found || !by) return;
    act("nudge", { part: found.dataset.handle, by: e.shiftKey ? Math.sign(by) : by });
    e.preventDefault();
  });

  function show(frame) {
    if (fencing.options.length !== frame.fencings.length) {
      fencing.replaceChildren(...frame.fencings.map((name) => h("option", { value: name }, name)));
    }
    fencing.value = frame.fencing;
    ttl.value = frame.places.ttl;
    work.value = frame.work;
    pauses.checked = frame.pauses;
    for (const [input, part] of [[at, "pause start"], [until, "pause end"]]) {
      input.disabled = !frame.pauses;
      input.value = frame.pauses ? frame.places[part] : "";
    }
    undo.disabled = !frame.undo;
    reset.disabled = !frame.changed;
    code.value = frame.code;
    const focused = picture.contains(document.activeElement) ? document.activeElement.dataset.handle : null;
    const scrolled = picture.querySelector(".course-lease > div")?.scrollLeft ?? 0;
    picture.innerHTML = frame.svg;
    picture.querySelector(".course-lease > div").scrollLeft = scrolled;
    if (focused) picture.querySelector(`[data-handle="${focused}"]`)?.focus({ preventScroll: true });
  }

  answered();
  return putInto(el, root, close);
}

export default { render };
