// The detector lab's face: a threshold that is dragged, as a line or along its curve, and inputs for all else.

/** Where a handle goes whose pointer has moved by so many of the picture's pixels. */
export function placeAt(from, pixels, unit) {
  return Math.round((from + pixels / unit) * 100) / 100;
}

function render({ model, el }) {
  const detector = choice("set_detector");
  const threshold = numeric("any", "set_threshold");
  const unit = h("span");
  const law = choice("set_law");
  const mean = slide("set_mean", 0.01, (value) => `${Number(value.toFixed(2))} s`);
  const loss = slide("set_loss", 0.01, (value) => `${Math.round(value * 100)} %`);
  const interval = choice("set_interval", Number);
  const seed = numeric(1, "set_seed");
  const alarm = button("Next false alarm", () => act("next_alarm"));
  const crash = button("Next crash", () => act("show_crash"));
  const undo = button("Undo", () => act("undo"));
  const reset = button("Reset", () => act("reset"));
  const [copy, code] = copyAsCode("The measurement as Python", 8);
  const picture = h("div", { class: "picture" });
  const hint = h("p", { class: "reasons" }, "Drag the dashed line, or the point along its curve. Keys: Tab to one of them, "
    + "arrows move it by 0.1, with Shift or by Page Up and Page Down by 1. A click on another curve, or its row, chooses it.");
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const root = h("form", { class: "course-lab course-detectorlab", "aria-label": "Detector lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls" }, labelled("Detector", detector), labelled("Threshold", threshold, unit),
      labelled("Heartbeat every", interval)),
    h("div", { class: "controls" }, labelled("Delays", law), labelled("Mean delay", mean.input, mean.told), labelled("Lost", loss.input, loss.told),
      labelled("Seed", seed)),
    h("div", { class: "controls" }, alarm, crash, undo, reset, copy),
    picture, hint, code, status);
  root.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && e.target.matches("input")) { // it is taken, and no button is pressed by it
      e.preventDefault();
      e.target.dispatchEvent(new Event("change"));
    }
  });
  keepKeys(root);
  const { act, line, answered, close } = connect(model, status, ["drag", "set_mean", "set_loss"], show);

  function choice(name, read = String) {
    const input = h("select", { onchange: () => act(name, { to: read(input.value) }) });
    return input;
  }

  /** An empty input is no number: Python says what it should be. */
  function numeric(step, name) {
    let taken = null; // Enter, and then leaving, is one change
    const input = h("input", { type: "number", step, onchange: () => {
      if (input.value !== taken) act(name, { to: input.value === "" ? null : Number(input.value) });
      taken = input.value;
    } });
    input.put = (value) => { input.value = value; taken = input.value; };
    return input;
  }

  function slide(name, step, words) {
    const told = h("b", { "aria-hidden": "true" });
    const say = (value) => { told.textContent = words(value); input.setAttribute("aria-valuetext", words(value)); };
    const input = h("input", { type: "range", step, oninput: () => { say(Number(input.value)); act(name, { to: Number(input.value) }); } });
    const put = (value, [min, max]) => {
      [input.min, input.max] = [min, max];
      input.value = value;
      say(value);
    };
    return { input, told, put };
  }

  // The handles

  const across = (event, part) => (part === "line" ? -event.clientY : event.clientX); // up is more

  draggable(picture, act, (part) => {
    const svg = picture.querySelector("svg");
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const { places, units } = model.get("frame");
    return { from: places[part], unit: units[part] * scale, across: (e) => across(e, part) };
  }, placeAt);
  picture.addEventListener("click", (e) => {
    const name = handle(e.target) ? null : e.target.closest("[data-detector]")?.dataset.detector;
    if (name) act("set_detector", { to: name });
  });
  picture.addEventListener("keydown", (e) => {
    const by = NUDGES[e.key];
    if (!handle(e.target) || !by || e.ctrlKey || e.metaKey || e.altKey) return;
    act("nudge", { by: e.shiftKey ? Math.sign(by) : by });
    e.preventDefault();
  });

  // What Python answers

  function options(select, values, chosen, words = String) {
    const text = JSON.stringify(values);
    if (select.dataset.values !== text) select.replaceChildren(...values.map((value) => h("option", { value }, words(value))));
    select.dataset.values = text;
    select.value = chosen;
  }

  function show(frame) {
    options(detector, frame.detectors, frame.detector);
    options(law, frame.laws, frame.law);
    options(interval, frame.intervals, frame.interval, (seconds) => `${seconds} s`);
    threshold.put(frame.threshold);
    unit.textContent = frame.unit === "s" ? "s" : "phi";
    seed.put(frame.seed);
    if (!line.waiting.length) { // else the reader is ahead, and his hand on the slider is right
      mean.put(frame.mean, frame.means);
      loss.put(frame.loss, frame.losses);
    }
    undo.disabled = !frame.undo;
    reset.disabled = !frame.changed;
    code.value = frame.code;
    const focused = picture.contains(document.activeElement) ? document.activeElement.dataset.handle : null;
    picture.innerHTML = frame.svg;
    if (focused) picture.querySelector(`[data-handle="${focused}"]`)?.focus({ preventScroll: true });
  }

  answered();
  return putInto(el, root, close);
}

export default { render };
