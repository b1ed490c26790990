// How the cells of the grid lie and look: by how many there are, or a row a target and a column a site.

import { drawCell, palette } from "./colours.js";
import { make, percent, rttOfMicros } from "./format.js";

const TILES_UP_TO = 120; // targets; more of them have no names in their cells
const SMALL_FROM = 1500;
const ROW_HEIGHT = 24;
const SIGN = 16; // wide, the coloured part of a cell with words
const WORDS_FROM = 62; // wide; cells that are less have no words
const ALL_WORDS_FROM = 128;
const WIDEST = 190;
const NARROWEST = 6;
const SMALL = 14; // wide, what has less room between cells and for names

const FONT = "system-ui, 'DejaVu Sans', sans-serif";
const STATE_WORDS = { down: "down", unresolved: "no address", pending: "waiting", silent: "no results", absent: "–" };

/** A cell a target, as large as fits. */
export function plainShape(room, number) {
  const isTiled = number <= TILES_UP_TO;
  const gap = isTiled ? 4 : number < SMALL_FROM ? 3 : 2;
  const height = isTiled ? 40 : number < SMALL_FROM ? 22 : 13;
  const most = isTiled ? Math.max(1, Math.floor((room + gap) / 164)) : 0;
  const width = isTiled ? Math.floor((room + gap) / most) - gap : height;
  const columns = Math.max(1, Math.floor((room + gap) / (width + gap)));
  return { columns, width, height, gap, left: 0, heads: [], drawOne: isTiled ? tile : drawCell };
}

/** A row a target with its name, and a column a site under its own. */
export function siteShape(room, sites) {
  const forName = room < 500 ? 80 : 200;
  const step = Math.max(NARROWEST, Math.min(WIDEST, Math.floor((room - forName) / sites.length)));
  const gap = step < SMALL ? 1 : 3;
  const width = step - gap;
  const left = Math.max(60, Math.min(360, room - sites.length * step));
  const heads = make("div", width < WORDS_FROM ? "site-heads narrow" : "site-heads", ...sites.map((site, i) => {
    const head = make("span", "", site);
    head.title = site;
    head.style.left = left + i * step + "px";
    if (step < SMALL) head.style.fontSize = "10px";
    head.style.width = width + "px";
    return head;
  }));
  return {
    columns: sites.length, width, height: ROW_HEIGHT, gap, left, heads: [heads], drawOne: width < WORDS_FROM ? drawCell : words,
    drawName: (context, y, { row }) => {
      context.font = "12.5px " + FONT;
      context.textBaseline = "middle";
      context.fillStyle = ink();
      context.fillText(fitted(context, row.name, left - 10), 0, y + ROW_HEIGHT / 2);
    },
  };
}

const dark = colour => {
  const [r, g, b] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
};

const ink = () => dark(palette().ground) ? "#dfe5ea" : "#1b2229";

/** A site's cell with its figures beside what its colour and shape say. */
function words(context, x, y, width, height, cell) {
  const colours = palette();
  context.fillStyle = colours.ground;
  context.fillRect(x, y, width, height);
  drawCell(context, x, y, SIGN, height, cell);
  context.font = "12px " + FONT;
  context.textBaseline = "middle";
  context.fillStyle = cell.kind === "absent" ? colours.axis : ink();
  const loss = cell.lost > 0 ? percent(cell.lost, cell.decided) : "";
  const middle = rttOfMicros(cell.median);
  const state = STATE_WORDS[cell.kind];
  const parts = width >= ALL_WORDS_FROM ? [state ?? middle, loss && loss + " lost"] : [state ?? (loss || middle)];
  context.fillText(fitted(context, parts.filter(Boolean).join(" · "), width - SIGN - 6), x + SIGN + 6, y + height / 2);
}

/** A cell with room for its name and figures. */
function tile(context, x, y, width, height, target) {
  const colours = palette();
  context.fillStyle = colours.ground;
  context.fillRect(x - 1, y - 1, width + 2, height + 2);
  drawCell(context, x, y, 14, height, { ...target, events: 0 });
  context.strokeStyle = colours.lattice;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  context.textBaseline = "alphabetic";
  context.font = "600 12.5px " + FONT;
  context.fillStyle = ink();
  const flag = target.events ? " ⚑" : "";
  context.fillText(fitted(context, target.name, width - 24 - (flag ? 14 : 0)) + flag, x + 20, y + 17);
  context.font = "12px " + FONT;
  context.fillStyle = colours.axis;
  const text = STATE_WORDS[target.kind] ?? rttOfMicros(target.last)
    + (target.lost ? " · " + percent(target.lost, target.decided) + " lost" : "");
  context.fillText(fitted(context, text, width - 24), x + 20, y + 33);
}

function fitted(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(text.slice(0, end) + "…").width > width) end--;
  return text.slice(0, end) + "…";
}
