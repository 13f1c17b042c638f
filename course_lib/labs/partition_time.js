// What is where at a moment of a run: pure functions of a frame of the partition lab.

const NEAR = 26; // pixels that a message keeps from the middle of a node

/** A place between two moments: 2.5 is half-way from the second to the third. Its time, and its height on the diagram. */
export function between(values, position) {
  const before = Math.min(Math.max(Math.floor(position), 1), values.length) - 1;
  const after = Math.min(before + 1, values.length - 1);
  const part = Math.min(Math.max(position - 1 - before, 0), 1);
  return values[before] + (values[after] - values[before]) * part;
}

/** The messages on their way when `position` moments have passed, each with the share of its way that lies behind. */
export function flying(frame, position) {
  const times = frame.moments.map((moment) => moment.time);
  const now = between(times, position);
  return frame.messages
    .filter(({ sent, end }) => sent + 1 <= position && (end === null || position < end + 1))
    .map((message) => {
      const { sent, end } = message;
      if (end === null) return { ...message, way: 0.5 };
      const long = times[end] - times[sent];
      const way = long > 0 ? (now - times[sent]) / long : (position - 1 - sent) / (end - sent);
      return { ...message, way: Math.min(Math.max(way, 0), 1) };
    });
}

/** Who is down or paused, and which links are cut, when so many moments have passed. */
export function situation(frame, passed) {
  const down = new Set(), paused = new Set(), cuts = new Map();
  for (const moment of frame.moments.slice(0, passed)) {
    const { kind, node } = moment;
    if (kind === "crash") { down.add(node); paused.delete(node); }
    else if (kind === "restart") down.delete(node);
    else if (kind === "pause") moment.paused ? paused.add(node) : paused.delete(node);
    else if (kind === "cut" || kind === "heal") {
      for (const link of moment.links.map(String)) cuts.set(link, (cuts.get(link) ?? 0) + (kind === "cut" ? 1 : -1));
    }
  }
  return { down, paused, cut: new Set([...cuts].filter(([, n]) => n > 0).map(([link]) => link)) };
}

/** Where a message is on the picture: on the right of its link, clear of the nodes at its ends. */
export function spot(from, to, way, rank) {
  const long = Math.hypot(to.x - from.x, to.y - from.y);
  if (!long) return { x: from.x + 34, y: from.y - 14 * (1 + rank) };
  const ux = (to.x - from.x) / long, uy = (to.y - from.y) / long;
  const along = NEAR + (long - 2 * NEAR) * way, side = 8 + 15 * rank;
  return { x: from.x + ux * along - uy * side, y: from.y + uy * along + ux * side };
}

/** Each node's state when so many moments have passed, and its state before the last change of it. */
export function statesAt(frame, passed) {
  const states = {};
  for (const state of frame.states) {
    if (state.passed > passed) break;
    states[state.node] = { ...state, before: states[state.node] };
  }
  return states;
}
