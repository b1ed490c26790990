// All targets as cells on canvases. A canvas holds some rows of one group and is there only while it
// is near what can be seen; scrolling draws nothing, and a change draws the cells that changed.

import { count, make } from "./format.js";
import { plainShape, siteShape } from "./shapes.js";

const ROWS_A_CANVAS = 30;
const MARGIN = "600px";

export class Grid {
  #targets = [];
  #sites = []; // a column each; none where each target has a cell of its own
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

  /** Shows these targets, which are sorted by group; with sites, a cell a site of one target after the other. */
  show(targets, sites = []) {
    const isSame = (one, other) => one.length === other.length && one.every((each, i) => each === other[i]);
    if (isSame(targets, this.#targets) && isSame(sites, this.#sites)) return;
    const focused = this.#targets[this.#focus];
    this.#targets = targets;
    this.#sites = sites;
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
    const shape = this.#sites.length ? siteShape(this.#width, this.#sites) : plainShape(this.#width, number);
    this.#blocks = [];
    this.element.replaceChildren(...shape.heads);
    for (let first = 0; first < number;) {
      const group = this.#targets[first].group;
      let end = first;
      while (end < number && this.#targets[end].group === group) end++;
      this.#blocks.push(this.#block({ ...shape, group, first, end, chunks: [] }));
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
      canvas.style.width = block.left + block.columns * (block.width + block.gap) + "px";
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
    const isRow = this.#sites.length > 0;
    const size = isRow ? (block.end - block.first) / block.columns : block.end - block.first;
    const downs = new Set(); // a target once, from however many sites
    for (let i = block.first; i < block.end; i++) {
      if (this.#targets[i].kind === "down") downs.add(isRow ? this.#targets[i].row : i);
    }
    const down = downs.size;
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
    for (let index = first; block.drawName && index < end; index += block.columns) {
      block.drawName(chunk.context, this.#position(block, chunk, index).y, this.#targets[index]);
    }
  }

  #position(block, chunk, index) {
    const place = index - block.first;
    return { x: block.left + place % block.columns * (block.width + block.gap),
      y: (Math.floor(place / block.columns) - chunk.row) * (block.height + block.gap) };
  }

  #drawOne(block, chunk, index) {
    const { x, y } = this.#position(block, chunk, index);
    block.drawOne(chunk.context, x, y, block.width, block.height, this.#targets[index]);
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

  /** The cell under the pointer, and if wanted the first of the row whose name is there; -1 if there is none. */
  #indexAt(event, isName) {
    const cells = event.target.closest(".cells");
    const block = cells && this.#blocks.find(one => one.cells === cells);
    if (!block) return -1;
    const box = cells.getBoundingClientRect();
    const column = Math.max(isName ? 0 : -1, Math.floor((event.clientX - box.left - block.left) / (block.width + block.gap)));
    const row = Math.floor((event.clientY - box.top) / (block.height + block.gap));
    const index = block.first + row * block.columns + column;
    return column >= 0 && column < block.columns && index >= block.first && index < block.end ? index : -1;
  }

  #point(event) {
    if (event.pointerType === "touch") return;
    const index = this.#indexAt(event, false);
    this.onPoint(index < 0 ? null : this.#targets[index], index < 0 ? null : this.rectangle(index), false);
  }

  #click(event) {
    const index = this.#indexAt(event, true);
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
      left: box.left + scrollX + block.left + place % block.columns * (block.width + block.gap),
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
      const heads = this.element.querySelector(".site-heads")?.offsetHeight ?? 0;
      const header = document.querySelector(".bar").offsetHeight + heads + 21;
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
