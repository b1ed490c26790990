// What colours and shapes stand for, in the grid, the plot and their legends. Loss goes from blue
// over violet to red, as in SmokePing; latency without loss is shades of green.

const LIGHT = {
  latency: ["#e2f2e6", "#cbe8d3", "#afdabb", "#8ac89d", "#62b07c", "#3a9159"],
  loss: ["#3d9fe0", "#2b62d9", "#7a3fd6", "#bb2fb3", "#d93025"],
  good: "#178a3f", down: "#a8140c", pending: "#98a3ad", ground: "#ffffff",
  smoke: [0, 0, 0], axis: "#56626d", lattice: "#e3e8ec", event: "#c2410c", hatch: "#d9302538",
  lines: ["#178a3f", "#b25a00", "#0b63b5", "#8a3ea8", "#00757a", "#a83252", "#5a6a00", "#4b4fc4"],
};
const DARK = {
  latency: ["#1c3327", "#20412f", "#25523b", "#2c6648", "#347c57", "#469a6e"],
  loss: ["#49a9ec", "#5b8bff", "#a078ff", "#e062d6", "#ff5a4d"],
  good: "#3ecf74", down: "#ff4133", pending: "#6d7883", ground: "#171c21",
  smoke: [255, 255, 255], axis: "#98a5b0", lattice: "#262e35", event: "#ffb454", hatch: "#ff5a4d40",
  lines: ["#3ecf74", "#f0a04b", "#6bb1f7", "#cf8bf0", "#3fc9cf", "#f58aa8", "#c3d24a", "#9a9dff"],
};

export const LATENCY_LIMITS = [1, 5, 20, 50, 150]; // ms
export const LOSS_LIMITS = [0.05, 0.1, 0.2, 0.5]; // parts of all
export const latencyNames = ["< 1 ms", "< 5", "< 20", "< 50", "< 150", "≥ 150 ms"];
export const lossNames = ["≤ 5 %", "≤ 10", "≤ 20", "≤ 50", "> 50 %"];

const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();
const THEMES = ["auto", "light", "dark"];

export const theme = () => document.documentElement.dataset.theme ?? "auto";
export const palette = () =>
  theme() === "dark" || theme() === "auto" && system.matches ? DARK : LIGHT;
export const onTheme = listener => listeners.add(listener);

export function setTheme(name) {
  document.documentElement.dataset.theme = THEMES.includes(name) ? name : "auto";
  for (const listener of listeners) listener();
}

export const nextTheme = () => setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
system.addEventListener("change", () => setTheme(theme()));

function place(limits, value, isIncluded) {
  const index = limits.findIndex(limit => isIncluded ? value <= limit : value < limit);
  return index < 0 ? limits.length : index;
}

export const lossColour = (colours, part) => colours.loss[place(LOSS_LIMITS, part, true)];
export const latencyColour = (colours, ms) => colours.latency[place(LATENCY_LIMITS, ms, false)];

/**
 * Draws a cell. What it says is in its shape too: a stroke for loss, a cross for down, a dot for
 * probes that just went without a reply, an outline for what is not known yet, with a line in
 * it for what is not known any more, a corner for an event that goes on; nothing where nobody watches.
 */
export function drawCell(context, x, y, width, height, cell) {
  const colours = palette();
  context.fillStyle = colours.ground;
  context.fillRect(x, y, width, height);
  if (cell.kind === "absent") return;
  const isHollow = ["pending", "unresolved", "silent"].includes(cell.kind);
  const part = cell.decided ? cell.lost / cell.decided : 0;
  if (isHollow) {
    context.strokeStyle = colours.pending;
    context.lineWidth = 1;
    context.setLineDash(cell.kind === "unresolved" ? [2, 2] : []);
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    context.setLineDash([]);
  } else {
    context.fillStyle = cell.kind === "down" ? colours.down
      : cell.lost > 0 ? lossColour(colours, part)
      : latencyColour(colours, cell.median / 1000);
    context.fillRect(x, y, width, height);
  }
  const size = Math.min(width, height);
  const mark = isHollow || cell.lost > 0 || cell.kind === "down" ? "#ffffff" : colours.event;
  if (cell.kind === "down") cross(context, x, y, size, mark);
  else if (cell.kind === "failing") dot(context, x + size / 2, y + size / 2, size * 0.22, mark);
  else if (cell.kind === "lossy") stroke(context, x, y, size, mark);
  else if (cell.kind === "silent") line(context, colours.pending, size, [x + 3, y + size / 2, x + width - 3, y + size / 2]);
  if (cell.events) corner(context, x + width, y, Math.max(5, size * 0.42), isHollow ? colours.event : mark);
}

function cross(context, x, y, size, colour) {
  const inset = size * 0.26;
  line(context, colour, size, [x + inset, y + inset, x + size - inset, y + size - inset,
    x + size - inset, y + inset, x + inset, y + size - inset]);
}

function stroke(context, x, y, size, colour) {
  const inset = size * 0.28;
  line(context, colour, size, [x + inset, y + size - inset, x + size - inset, y + inset]);
}

function line(context, colour, size, points) {
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1.3, size / 9);
  context.beginPath();
  for (let i = 0; i < points.length; i += 4) {
    context.moveTo(points[i], points[i + 1]);
    context.lineTo(points[i + 2], points[i + 3]);
  }
  context.stroke();
}

function dot(context, x, y, radius, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, Math.max(1.5, radius), 0, 2 * Math.PI);
  context.fill();
}

function corner(context, x, y, size, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x - size, y);
  context.lineTo(x, y);
  context.lineTo(x, y + size);
  context.fill();
}

/** Entries of a legend: a colour and its name each. */
export function swatches(colours, names, kind = "up") {
  return colours.map((colour, i) => {
    const canvas = sample({ kind: "pending", lost: 0, decided: 0, median: 0, events: 0 }, 12);
    const context = canvas.getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 12, 12);
    if (kind === "lossy") stroke(context, 0, 0, 12, "#ffffff");
    const entry = document.createElement("i");
    entry.append(canvas, names[i]);
    return entry;
  });
}

/** A small canvas with a cell on it, for legends and lists; hidden from screen readers. */
export function sample(cell, size = 13) {
  const canvas = document.createElement("canvas");
  const scale = devicePixelRatio || 1;
  canvas.width = canvas.height = size * scale;
  canvas.style.width = canvas.style.height = size + "px";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  drawCell(context, 0, 0, size, size, cell);
  return canvas;
}
