// The balancer lab's face. Python sends both runs; time is moved here, and all else is Python's to change.

/** The parts of a column in which so many requests stand: heights and places in pixels. */
export function column(queue, { base, cell, cap }) {
  const shown = Math.min(queue, cap);
  return { served: Math.min(shown, 1) * cell, waiting: Math.max(0, shown - 1) * cell, top: base - shown * cell };
}

/** How many requests a server has at a sample: each is a letter, "0" for none. */
export const queueAt = (text, sample) => text.charCodeAt(sample) - 48;

/** The sample under a place on the strip, in the picture's own pixels. */
export function sampleAt(x, { left, right }, samples) {
  const share = Math.min(1, Math.max(0, (x - left) / (right - left)));
  return Math.round(share * (samples - 1));
}

const A_SECOND = 25; // samples that playing shows in a second
const KEYS = { ArrowLeft: -1, ArrowRight: 1, PageDown: -100, PageUp: 100 };

function render({ model, el }) {
  let frame = model.get("frame");
  let sample = frame.samples - 1;
  let playing = null;
  let held = null; // the pointer that moves the cursor

  const [left, right] = ["left", "right"].map((side) => {
    const input = h("select", { onchange: () => act(`set_${side}`, { to: input.value }) });
    return input;
  });
  const load = h("input", { type: "range", min: 0, step: 0.01, oninput: () => { showLoad(Number(load.value)); act("set_load", { to: Number(load.value) }); } });
  const percent = h("b", { "aria-hidden": "true" });
  const count = numeric(1, "set_servers");
  const chips = h("span", { class: "troubled", role: "group", "aria-label": "Servers in trouble" });
  const trouble = choice("set_trouble");
  trouble.setAttribute("aria-label", "Kind of trouble");
  const work = choice("set_work");
  const refresh = choice("set_refresh", Number);
  const requests = choice("set_requests", Number);
  const seed = numeric(0, "set_seed");
  const undo = button("Undo", () => act("undo"));
  const reset = button("Reset", () => act("reset"));
  const [copy, code] = copyAsCode("Both runs as Python", 7);
  const play = button("Play", () => (playing ? stop() : start()));
  const back = button("Step back", () => step(-1));
  const forth = button("Step", () => step(1));
  const slider = h("input", { type: "range", min: 0, step: 1, "aria-label": "Time", oninput: () => { stop(); go(Number(slider.value)); } });
  const clock = h("span", { class: "clock", "aria-hidden": "true" }); // the slider says it too
  const picture = h("div", { class: "picture" });
  const hint = h("p", { class: "reasons" }, "Drag along the strip, or use the arrows, to move in time; Page Up and Page Down "
    + "move further, Space plays. A click on a server, or on its letter above, gets it into trouble.");
  const status = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const root = h("form", { class: "course-lab course-balancerlab", "aria-label": "Balancer lab", onsubmit: (e) => e.preventDefault() },
    h("div", { class: "controls" }, labelled("Left", left), labelled("Right", right), labelled("Load", load, percent),
      labelled("Load information", refresh)),
    h("div", { class: "controls" }, labelled("Servers", count), h("span", { class: "pair" }, "In trouble", chips), trouble),
    h("div", { class: "controls" }, labelled("Work", work), labelled("Requests", requests), labelled("Seed", seed), undo, reset, copy),
    h("div", { class: "controls time" }, back, play, forth, slider, clock),
    picture, hint, code, status);
  root.addEventListener("keydown", onKey);
  keepKeys(root);
  const { act, line, answered, close } = connect(model, status, ["set_load"], show);

  function choice(name, read = String) {
    const input = h("select", { onchange: () => act(name, { to: read(input.value) }) });
    return input;
  }

  /** An empty input is no number: Python says what it should be. */
  function numeric(min, name) {
    const input = h("input", { type: "number", min, step: 1, onchange: () => act(name, { to: input.value === "" ? null : Number(input.value) }) });
    return input;
  }

  // Time

  function go(to) {
    sample = Math.min(Math.max(Math.round(to), 0), frame.samples - 1);
    draw();
  }

  function step(by) {
    stop();
    go(sample + by);
  }

  function start() {
    if (sample === frame.samples - 1) sample = 0;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pace = calm ? 1000 : 1000 / A_SECOND; // once a second, and then as far
    let last = null;
    const tick = (time) => {
      last ??= time;
      const passed = Math.floor((time - last) / pace);
      if (passed) {
        last += passed * pace;
        go(sample + passed * (calm ? A_SECOND : 1));
      }
      if (sample === frame.samples - 1) return stop();
      playing = requestAnimationFrame(tick);
    };
    playing = requestAnimationFrame(tick);
    play.textContent = "Stop";
  }

  function stop() {
    if (playing) cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play";
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target.matches("input")) return event.preventDefault(); // no button is pressed by it
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === " " && !event.target.matches("button, input")) play.click();
    else if (KEYS[event.key]) step(KEYS[event.key] * (event.shiftKey ? 10 : 1));
    else if (event.key === "Home") step(-frame.samples);
    else if (event.key === "End") step(frame.samples);
    else return;
    event.preventDefault();
  }

  function follow(event) {
    const box = picture.querySelector("svg").getBoundingClientRect();
    const unit = picture.querySelector("svg").viewBox.baseVal.width / box.width;
    stop();
    go(sampleAt((event.clientX - box.left) * unit, frame.geometry, frame.samples));
  }

  picture.addEventListener("pointerdown", (e) => {
    if (e.button || held !== null || !e.target.closest(".track")) return;
    held = e.pointerId;
    picture.setPointerCapture(held);
    follow(e);
  });
  picture.addEventListener("pointermove", (e) => e.pointerId === held && follow(e));
  for (const name of ["pointerup", "pointercancel"]) {
    picture.addEventListener(name, (e) => { if (e.pointerId === held) held = null; });
  }
  picture.addEventListener("click", (e) => {
    const { server } = e.target.closest("[data-server]")?.dataset ?? {};
    if (server) act("toggle", { server });
  });

  // What is seen at a sample

  function draw() {
    frame.sides.forEach((side, place) => {
      const panel = picture.querySelector(`[data-side="${place}"]`);
      let here = 0;
      side.queues.forEach((text, index) => {
        const queue = queueAt(text, sample);
        const { served, waiting, top } = column(queue, frame.geometry);
        const group = panel.querySelector(`[data-queue="${index}"]`);
        group.querySelector(".served").setAttribute("height", served);
        group.querySelector(".waiting").setAttribute("height", waiting);
        group.querySelector(".waiting").setAttribute("y", top);
        const number = panel.querySelector(`[data-count="${index}"]`);
        number.setAttribute("y", top - 4);
        number.textContent = queue || "";
        here += queue;
      });
      const check = Math.floor(sample * frame.checks / (frame.samples - 1));
      panel.querySelector(".told").textContent = `${here.toLocaleString("en")} here; ${side.so_far[check]}`;
    });
    const { left: first, right: last } = frame.geometry;
    const x = first + sample / (frame.samples - 1) * (last - first);
    picture.querySelector(".cursor").setAttribute("transform", `translate(${Number(x.toFixed(1))} 0)`);
    const time = Math.round(sample / (frame.samples - 1) * frame.end);
    clock.textContent = `time ${time.toLocaleString("en")}`;
    slider.value = sample;
    const told = frame.sides.map((side, place) => `${side.name} ${picture.querySelector(`[data-side="${place}"] .told`).textContent}`);
    slider.setAttribute("aria-valuetext", `time ${time}: ${told.join("; ")}`);
    for (const [step, is] of [[back, sample === 0], [forth, sample === frame.samples - 1]]) {
      if (is && document.activeElement === step) play.focus({ preventScroll: true }); // or keys would go nowhere
      step.disabled = is;
    }
  }

  // What Python answers

  function options(select, values, chosen, words = String) {
    const text = JSON.stringify(values);
    if (select.dataset.values !== text) select.replaceChildren(...values.map((value) => h("option", { value }, words(value))));
    select.dataset.values = text;
    select.value = chosen;
  }

  function showLoad(value) {
    percent.textContent = `${Math.round(value * 100)} %`;
    load.setAttribute("aria-valuetext", `${Math.round(value * 100)} percent`);
  }

  function showChips() {
    const focused = chips.contains(document.activeElement) ? document.activeElement.value : null;
    if (chips.dataset.shown !== frame.servers.join()) {
      chips.replaceChildren(...frame.servers.map((name) => h("label", {},
        h("input", { type: "checkbox", value: name, onchange: () => act("toggle", { server: name }) }), h("span", {}, name))));
      chips.dataset.shown = frame.servers.join();
    }
    chips.querySelectorAll("input").forEach((chip) => (chip.checked = frame.troubled.includes(chip.value)));
    if (focused) chips.querySelector(`[value="${focused}"]`)?.focus({ preventScroll: true });
  }

  function show(next) {
    frame = next;
    options(left, frame.policies, frame.left);
    options(right, frame.policies, frame.right);
    [load.min, load.max] = frame.loads;
    if (!line.waiting.length) { // else the reader is ahead, and his hand on the slider is right
      load.value = frame.load;
      showLoad(frame.load);
    }
    options(refresh, frame.ages, frame.refresh, (age) => (age ? `every ${age}` : "fresh"));
    options(trouble, frame.troubles, frame.trouble);
    options(work, frame.works, frame.work);
    options(requests, frame.lengths, frame.requests, (length) => length.toLocaleString("en"));
    count.max = frame.most;
    count.value = frame.servers.length;
    seed.value = frame.seed;
    undo.disabled = !frame.undo;
    reset.disabled = !frame.changed;
    code.value = frame.code;
    showChips();
    slider.max = frame.samples - 1;
    picture.innerHTML = frame.svg;
    draw();
  }

  const showTwin = (answered(), putInto(el, root, close));
  return () => {
    stop();
    showTwin();
  };
}

export default { render };
