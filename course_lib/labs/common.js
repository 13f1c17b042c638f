// What all labs share. A widget's module is one text: Python puts this one before each lab's own.

/** Acts on their way to Python: one in flight, the rest in line. Of a burst of one kind only the newest waits,
 *  so that a slider never runs ahead of its picture. */
export class Line {
  constructor(send, bursts = []) {
    this.send = send;
    this.bursts = new Set(bursts);
    this.waiting = [];
    this.inFlight = null;
    this.number = 0;
  }

  push(act, args) {
    if (this.bursts.has(act) && this.waiting.at(-1)?.do === act) this.waiting.pop();
    this.waiting.push({ number: ++this.number, do: act, with: args });
    this.next();
  }

  answered(number) {
    if (number !== this.inFlight) return;
    this.inFlight = null;
    this.next();
  }

  next() {
    if (this.inFlight !== null || !this.waiting.length) return;
    const act = this.waiting.shift();
    this.inFlight = act.number;
    this.send(act);
  }
}

/** The still picture that was saved with the notebook: an earlier output of the same cell. */
export function findTwin(el) {
  let output = el.closest(".jp-OutputArea-child")?.previousElementSibling;
  while (output && !output.querySelector(".course-twin")) output = output.previousElementSibling;
  return output ?? null;
}

/** Hides the still picture while the lab lives; gives what shows it again. */
function hideTwin(el) {
  let twin = null;
  let stopped = false;
  function hide() { // a view may be rendered before it stands in the page
    if (stopped) return;
    if (!el.isConnected) return requestAnimationFrame(hide);
    twin = findTwin(el);
    if (twin) twin.style.display = "none";
  }
  hide();
  return () => {
    stopped = true;
    if (twin) twin.style.display = "";
  };
}

const BUSY = "Python is busy or has stopped: the lab answers when the running cell has ended.";

/** Python as the lab sees it: `act` asks, `show` is told of each answer, and `status` says when none comes. */
function connect(model, status, bursts, show) {
  let patience = null;
  const line = new Line((act) => {
    model.send(act);
    patience = setTimeout(() => (status.textContent = BUSY), 2000);
  }, bursts);
  function answered() {
    const frame = model.get("frame");
    show(frame);
    status.textContent = frame.status;
    status.classList.toggle("problem", frame.problem);
    clearTimeout(patience);
    line.answered(frame.number);
  }
  model.on("change:frame", answered);
  return {
    line,
    answered,
    act: (name, args = {}) => line.push(name, args),
    close: () => {
      clearTimeout(patience);
      model.off("change:frame", answered);
    },
  };
}

/** An element; properties that begin with "on" are listeners. */
function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const labelled = (words, ...controls) => h("label", {}, h("span", {}, words), ...controls);
const button = (words, onclick) => h("button", { type: "button", onclick }, words);

/** A button that shows the lab as Python and copies that, and the box in which it stands. */
function copyAsCode(words, rows) {
  const code = h("textarea", { readonly: "", rows, "aria-label": words, hidden: "" });
  const copy = button("Copy as code", () => {
    code.hidden = !code.hidden;
    code.select();
    navigator.clipboard?.writeText(code.value).catch(() => {});
  });
  return [copy, code];
}

/** Puts a lab into its cell, in place of the still picture; gives what ends it. */
function putInto(el, root, close) {
  el.append(root);
  const showTwin = hideTwin(el);
  return () => {
    close();
    showTwin();
  };
}

/** In JupyterLab's command mode a key would also reach the notebook: "b" inserts a cell. */
function keepKeys(root) {
  root.addEventListener("keydown", (e) => {
    if (!e.ctrlKey && !e.metaKey && e.key !== "Escape") e.stopPropagation();
  });
}

/** Nodes as radio buttons in their colours. */
function chip(node, words, onchange) {
  const input = h("input", { type: "radio", name: "node", value: node.name, onchange });
  return h("label", { style: `--node:${node.colour};--on-node:${node.ink}` }, input, h("span", {}, words));
}

/** By how much a key moves a handle; with Shift by 1. */
const NUDGES = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, PageDown: -1, PageUp: 1 };

const handle = (target) => target.closest?.("[data-handle]");

/**
 * Lets the reader drag the handles of a picture.
 *
 * `grip(part)` tells of the one that is taken hold of where it is (`from`), how many pixels are one unit, and, `across` an
 * event, how far along the pointer is. `placeAt` tells where it goes from there.
 */
function draggable(picture, act, grip, placeAt) {
  let held = null; // the handle that the pointer drags
  picture.addEventListener("pointerdown", (e) => {
    const found = handle(e.target);
    if (!found || held || e.button) return;
    const part = found.dataset.handle;
    const { from, unit, across } = grip(part);
    held = { part, from, unit, across, start: across(e), tried: from, pointer: e.pointerId };
    picture.setPointerCapture(e.pointerId);
    e.preventDefault();
    found.focus({ preventScroll: true });
  });
  picture.addEventListener("pointermove", (e) => {
    if (held?.pointer !== e.pointerId) return;
    const to = placeAt(held.from, held.across(e) - held.start, held.unit);
    if (to === held.tried) return;
    held.tried = to;
    act("drag", { part: held.part, to });
  });
  for (const name of ["pointerup", "pointercancel"]) {
    picture.addEventListener(name, (e) => {
      if (held?.pointer !== e.pointerId) return;
      if (held.tried !== held.from) act("drop");
      held = null;
    });
  }
}
