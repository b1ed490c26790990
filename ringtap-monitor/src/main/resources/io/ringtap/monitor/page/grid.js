// All targets as cells on canvases. A canvas holds some rows of one group and is there only while it
// is near what can be seen; scrolling draws nothing, and a change draws the cells that changed.

import { drawCell, palette } from "./colours.js";
import { make, count, rttOfMicros, percent } from "./format.js";

const ROWS_A_CANVAS = 30;
const TILES_UP_TO = 120; // targets; more of them have no names in their cells
const SMALL_FROM = 1500;
const MARGIN = "600px";

export class Grid {
  #targets = [];
  #places = new Map(); // target → its index in #targets
  #blocks = [];
  #width = 0;
  #focus = -1;

  /** @param onPoint hears of the target that is pointed at or focused, and its rectangle; null for none */
  constructor(element, { onPoint, onOpen, onSpeak }) {
    this.element = element;
    this.onPoint = onPoint;
    this.onOpen = onOpen;
    this.onSpeak = onSpeak;
    this.near = new IntersectionObserver(entries => this.#seen(entries), { rootMargin: MARGIN });
    new ResizeObserver(() => { if (element.clientWidth && element.clientWidth !== this.#width) this.layOut(); }).observe(element);
    element.addEventListener("pointermove", event => this.#point(event));
    element.addEventListener("pointerleave", () => this.onPoint(null));
    element.addEventListener("click", event => this.#click(event));
    element.addEventListener("keydown", event => this.#key(event));
    element.addEventListener("focus", () => { if (element.matches(":focus-visible")) this.focusOn(Math.max(0, this.#focus)); });
    element.addEventListener("blur", () => { this.ring.hidden = true; this.onPoint(null); });
    this.ring = make("div", "ring");
    this.ring.hidden = true;
  }

  /** Shows these targets, which are sorted by group. */
  show(targets) {
    const same = targets.length === this.#targets.length && targets.every((target, i) => target === this.#targets[i]);
    if (same) return;
    const focused = this.#targets[this.#focus];
    this.#targets = targets;
    this.#places = new Map(targets.map((target, i) => [target, i]));
    this.#focus = this.#places.get(focused) ?? -1;
    this.layOut();
  }

  /** Draws the cells of these targets anew, as far as there is something to see. */
  update(targets) {
    const blocks = new Set();
    for (const target of targets) {
      const index = this.#places.get(target);
      if (index === undefined) continue;
      const block = this.#blockOf(index);
      blocks.add(block);
      const chunk = block.chunks[Math.floor((index - block.first) / block.columns / ROWS_A_CANVAS)];
      if (chunk.context) this.#drawOne(block, chunk, index);
    }
    for (const block of blocks) this.#title(block);
  }

  redraw() {
    for (const block of this.#blocks) for (const chunk of block.chunks) if (chunk.context) this.#draw(block, chunk);
  }

  layOut() {
    this.#width = this.element.clientWidth;
    this.near.disconnect();
    const number = this.#targets.length;
    const isTiled = number <= TILES_UP_TO;
    const gap = isTiled ? 4 : number < SMALL_FROM ? 3 : 2;
    const height = isTiled ? 40 : number < SMALL_FROM ? 22 : 13;
    const most = isTiled ? Math.max(1, Math.floor((this.#width + gap) / 164)) : 0;
    const width = isTiled ? Math.floor((this.#width + gap) / most) - gap : height;
    const columns = Math.max(1, Math.floor((this.#width + gap) / (width + gap)));
    this.#blocks = [];
    this.element.replaceChildren();
    for (let first = 0; first < number;) {
      const group = this.#targets[first].group;
      let end = first;
      while (end < number && this.#targets[end].group === group) end++;
      this.#blocks.push(this.#block({ group, first, end, columns, width, height, gap, isTiled, chunks: [] }));
      first = end;
    }
    if (number === 0) this.element.append(make("p", "empty", "No target matches."));
    this.element.append(this.ring);
    this.ring.hidden = true;
  }

  #block(block) {
    const step = block.height + block.gap;
    const rows = Math.ceil((block.end - block.first) / block.columns);
    block.heading = make("h3", "");
    block.cells = make("div", "cells");
    block.cells.style.height = rows * step - block.gap + "px";
    for (let row = 0; row < rows; row += ROWS_A_CANVAS) {
      const canvas = make("canvas", "");
      canvas.setAttribute("aria-hidden", "true");
      canvas.style.top = row * step + "px";
      canvas.style.width = block.columns * (block.width + block.gap) + "px";
      canvas.style.height = Math.min(ROWS_A_CANVAS, rows - row) * step + "px";
      canvas.width = canvas.height = 1;
      const chunk = { canvas, block, row, rows: Math.min(ROWS_A_CANVAS, rows - row), context: null };
      canvas.chunk = chunk;
      block.chunks.push(chunk);
      block.cells.append(canvas);
      this.near.observe(canvas);
    }
    this.#title(block);
    this.element.append(block.heading, block.cells);
    return block;
  }

  #title(block) {
    const size = block.end - block.first;
    let down = 0;
    for (let i = block.first; i < block.end; i++) if (this.#targets[i].kind === "down") down++;
    const content = [block.group, make("span", "muted", count(size) + (size === 1 ? " target" : " targets"))];
    if (down) content.push(make("span", "bad", count(down) + " down"));
    block.heading.replaceChildren(...content);
  }

  #seen(entries) {
    for (const { target: canvas, isIntersecting } of entries) {
      const chunk = canvas.chunk;
      if (isIntersecting && !chunk.context) {
        const scale = devicePixelRatio || 1;
        canvas.width = Math.round(parseFloat(canvas.style.width) * scale);
        canvas.height = Math.round(parseFloat(canvas.style.height) * scale);
        chunk.context = canvas.getContext("2d");
        chunk.context.scale(scale, scale);
        this.#draw(chunk.block, chunk);
      } else if (!isIntersecting && chunk.context) {
        chunk.context = null;
        canvas.width = canvas.height = 1; // gives its memory back
      }
    }
  }

  #draw(block, chunk) {
    const first = block.first + chunk.row * block.columns;
    const end = Math.min(block.end, first + chunk.rows * block.columns);
    for (let index = first; index < end; index++) this.#drawOne(block, chunk, index);
  }

  #drawOne(block, chunk, index) {
    const place = index - block.first;
    const x = place % block.columns * (block.width + block.gap);
    const y = (Math.floor(place / block.columns) - chunk.row) * (block.height + block.gap);
    const target = this.#targets[index];
    if (!block.isTiled) {
      drawCell(chunk.context, x, y, block.width, block.height, target);
      return;
    }
    tile(chunk.context, x, y, block.width, block.height, target);
  }

  #blockOf(index) {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (this.#blocks[middle].first <= index) low = middle; else high = middle - 1;
    }
    return this.#blocks[low];
  }

  #indexAt(event) {
    const cells = event.target.closest(".cells");
    const block = cells && this.#blocks.find(one => one.cells === cells);
    if (!block) return -1;
    const box = cells.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / (block.width + block.gap));
    const row = Math.floor((event.clientY - box.top) / (block.height + block.gap));
    const index = block.first + row * block.columns + column;
    return column >= 0 && column < block.columns && index >= block.first && index < block.end ? index : -1;
  }

  #point(event) {
    if (event.pointerType === "touch") return;
    const index = this.#indexAt(event);
    this.onPoint(index < 0 ? null : this.#targets[index], index < 0 ? null : this.rectangle(index), false);
  }

  #click(event) {
    const index = this.#indexAt(event);
    if (index < 0) return;
    // A finger is too large for small cells: it chooses, and the card opens.
    if (event.pointerType === "touch") {
      this.focusOn(index, true);
    } else {
      this.onOpen(this.#targets[index]);
    }
  }

  /** Where a cell is, from the page's top left corner. */
  rectangle(index) {
    const block = this.#blockOf(index);
    const box = block.cells.getBoundingClientRect();
    const place = index - block.first;
    return {
      left: box.left + scrollX + place % block.columns * (block.width + block.gap),
      top: box.top + scrollY + Math.floor(place / block.columns) * (block.height + block.gap),
      width: block.width, height: block.height,
    };
  }

  /** Moves the focus to a cell. */
  focusOn(index, isTouch = false) {
    if (!this.#targets.length) return;
    this.#focus = Math.max(0, Math.min(index, this.#targets.length - 1));
    const box = this.rectangle(this.#focus);
    const origin = this.element.getBoundingClientRect();
    this.element.style.position = "relative";
    Object.assign(this.ring.style, {
      left: box.left - scrollX - origin.left - 3 + "px", top: box.top - scrollY - origin.top - 3 + "px",
      width: box.width + 6 + "px", height: box.height + 6 + "px",
    });
    this.ring.hidden = false;
    if (!isTouch) {
      const header = 70;
      if (box.top < scrollY + header) scrollTo({ top: box.top - header });
      else if (box.top + box.height > scrollY + innerHeight - 20) scrollTo({ top: box.top + box.height - innerHeight + 20 });
    }
    const target = this.#targets[this.#focus];
    this.onPoint(target, box, isTouch);
    this.onSpeak(target);
  }

  /** The target that has the focus. */
  focused() {
    return this.#targets[this.#focus] ?? null;
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = Math.max(0, this.#focus);
    const page = this.#blocks.length ? 10 : 0;
    const moves = {
      ArrowLeft: () => at - 1, ArrowRight: () => at + 1,
      ArrowUp: () => this.#beside(at, -1), ArrowDown: () => this.#beside(at, 1),
      PageUp: () => this.#beside(at, -page), PageDown: () => this.#beside(at, page),
      Home: () => 0, End: () => this.#targets.length - 1,
    };
    if (moves[event.key]) {
      event.preventDefault();
      this.focusOn(this.#focus < 0 ? 0 : moves[event.key]());
    } else if (event.key === "Enter" && this.focused()) {
      event.preventDefault();
      this.onOpen(this.focused());
    }
  }

  /** The cell some rows away, in the same column where there is one. */
  #beside(index, rows) {
    let at = index;
    for (let i = 0; i < Math.abs(rows); i++) at = this.#step(at, Math.sign(rows));
    return at;
  }

  #step(index, direction) {
    const block = this.#blockOf(index);
    const place = index - block.first;
    const column = place % block.columns;
    const next = index + direction * block.columns;
    if (next >= block.first && next < block.end) return next;
    if (direction > 0) {
      const lastRow = Math.floor((block.end - 1 - block.first) / block.columns);
      if (Math.floor(place / block.columns) < lastRow) return block.end - 1;
      const below = this.#blocks[this.#blocks.indexOf(block) + 1];
      return below ? Math.min(below.first + column, below.end - 1) : index;
    }
    const above = this.#blocks[this.#blocks.indexOf(block) - 1];
    if (!above) return index;
    const rowStart = above.first + Math.floor((above.end - 1 - above.first) / above.columns) * above.columns;
    return Math.min(rowStart + column, above.end - 1);
  }
}

const dark = colour => {
  const [r, g, b] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
};

/** A cell with room for its name and figures. */
function tile(context, x, y, width, height, target) {
  const colours = palette();
  context.fillStyle = colours.ground;
  context.fillRect(x - 1, y - 1, width + 2, height + 2);
  drawCell(context, x, y, 14, height, { ...target, events: 0 });
  context.strokeStyle = colours.lattice;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  const ink = dark(colours.ground) ? "#dfe5ea" : "#1b2229";
  context.textBaseline = "alphabetic";
  context.font = "600 12.5px system-ui, 'DejaVu Sans', sans-serif";
  context.fillStyle = ink;
  const flag = target.events ? " ⚑" : "";
  context.fillText(fitted(context, target.name, width - 24 - (flag ? 14 : 0)) + flag, x + 20, y + 17);
  context.font = "12px system-ui, 'DejaVu Sans', sans-serif";
  context.fillStyle = colours.axis;
  const words = { down: "down", unresolved: "no address", pending: "waiting" };
  const text = words[target.kind] ?? rttOfMicros(target.last)
    + (target.lost ? " · " + percent(target.lost, target.decided) + " lost" : "");
  context.fillText(fitted(context, text, width - 24), x + 20, y + 33);
}

function fitted(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(text.slice(0, end) + "…").width > width) end--;
  return text.slice(0, end) + "…";
}
