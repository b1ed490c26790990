// The smoke plot: of each window of time how round-trip times were spread, as nested bands around
// the median; the median's colour says the loss. Below it lanes for loss and events.

import { palette, lossColour } from "./colours.js";
import { clock, day, make, percent, rtt, timeElement, when } from "./format.js";

const LOSS_LANE = 26;
const SITE_LANE = 9; // of the loss that one site sees
const MOST_NAMES = 8; // at the ends of lines, and with all figures
const EVENT_LANE = 15;
const MOST_EVENT_LANES = 3;
const MEDIAN = 4; // its place among the bands
const ALL_BANDS = [[0, 8, 0.10], [1, 7, 0.13], [2, 6, 0.13], [3, 5, 0.22]];
const FEW_BANDS = [[1, 7, 0.16], [3, 5, 0.22]]; // where plots lie over each other
const SMALLEST = 0.001; // ms, where a logarithmic scale begins at the lowest

export class SmokePlot {
  #plot = null;
  #series = [];
  #spans = [];
  #range = [0, 1];
  #scale = "fit";
  #colours = null;
  #rows = 1; // of events that go on at the same time
  #isSites = false;
  #lossLane = LOSS_LANE;

  /** @param onZoom hears from when to when was dragged over, in seconds */
  constructor(element, readout, onZoom) {
    this.element = element;
    this.readout = readout;
    this.onZoom = onZoom;
    new ResizeObserver(() => {
      if (this.#plot && element.clientWidth) this.#plot.setSize(this.#size());
    }).observe(element);
  }

  /** @param series with the number of its colour as `line`, if it has one; @param isSites whether each has its name and a lane */
  show({ series, spans, from, to, scale, isSites }) {
    this.#series = series;
    this.#spans = spans;
    const rows = placeSpans(spans);
    this.#range = [from, to];
    const lane = isSites ? Math.max(LOSS_LANE, SITE_LANE * series.length) : LOSS_LANE;
    const isOther = scale !== this.#scale || rows !== this.#rows || lane !== this.#lossLane || palette() !== this.#colours;
    this.#scale = scale;
    this.#rows = rows;
    this.#isSites = isSites;
    this.#lossLane = lane;
    if (!this.#plot || isOther) this.remake();
    else this.#plot.setData(this.#frame());
    this.#tell(null);
    this.element.setAttribute("aria-label", this.#words());
  }

  /** Makes it anew, with the colours of the theme. */
  remake() {
    this.#plot?.destroy();
    this.#colours = palette();
    this.#plot = new uPlot(this.#options(), this.#frame(), this.element);
  }

  // uPlot is given the corners only: it draws the axes and minds the mouse.
  #frame() {
    return [this.#range, this.#limits()];
  }

  #limits() {
    const isLog = this.#scale === "log";
    const band = this.#scale === "fit" ? 7 : 8;
    let high = 0;
    let low = Infinity;
    for (const { bands_ns: bands } of this.#series) {
      for (let i = 0; i < bands[0].length; i++) {
        if (bands[0][i] < 0) continue;
        high = Math.max(high, bands[band][i]);
        low = Math.min(low, bands[0][i]);
      }
    }
    if (high === 0) return isLog ? [1, 10] : [0, 1];
    if (!isLog) return [0, high / 1e6 * 1.12];
    return [10 ** Math.floor(Math.log10(Math.max(low / 1e6, SMALLEST))), 10 ** Math.ceil(Math.log10(high / 1e6))];
  }

  /** The height of what is below the plot. */
  #lanes() {
    return this.#lossLane + this.#rows * EVENT_LANE + 16;
  }

  #size() {
    return { width: this.element.clientWidth, height: (innerWidth < 600 ? 230 : 330) + this.#lanes() };
  }

  #options() {
    const colours = palette();
    const axis = { stroke: colours.axis, grid: { stroke: colours.lattice, width: 1 }, font: "12px system-ui, 'DejaVu Sans', sans-serif" };
    return {
      ...this.#size(),
      padding: [12, 14, 0, 0],
      legend: { show: false },
      cursor: { points: { show: false }, y: false, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => null } },
      scales: {
        x: { time: true, range: () => this.#range },
        y: { range: () => this.#limits(), distr: this.#scale === "log" ? 3 : 1 },
      },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes: [
        { ...axis, size: this.#lanes() + 26, gap: this.#lanes() + 4, space: 70, ticks: { show: false }, values: timeLabels },
        { ...axis, size: 72, space: 34, ticks: { stroke: colours.lattice, width: 1, size: 4 },
          values: (_, splits) => splits.map(value => value === null ? "" : axisNumber(value) + " ms") },
      ],
      hooks: {
        draw: [plot => this.#draw(plot)],
        setSelect: [plot => this.#select(plot)],
        setCursor: [plot => this.#tell(plot.cursor.left >= 0 ? plot.posToVal(plot.cursor.left, "x") : null)],
      },
    };
  }

  #select(plot) {
    const { left, width } = plot.select;
    if (width < 4) return;
    const from = plot.posToVal(left, "x");
    const to = plot.posToVal(left + width, "x");
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.onZoom(Math.floor(from), Math.ceil(to));
  }

  #draw(plot) {
    const colours = palette();
    const { ctx: context, bbox: box } = plot;
    const place = { plot, context, box, scale: devicePixelRatio || 1, colours, lossLane: this.#lossLane };
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height);
    context.clip();
    for (const series of this.#series) {
      const colour = lineColour(colours, series);
      drawBands(place, series, colour ? FEW_BANDS : ALL_BANDS, colour);
    }
    for (const series of this.#series) {
      const colour = lineColour(colours, series);
      drawMedian(place, series, colour, colour ? 2 : 2.6);
    }
    if (this.#isSites && this.#series.length <= MOST_NAMES) drawNames(place, this.#series);
    context.restore();
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.width, box.height + this.#lanes() * place.scale);
    context.clip();
    if (this.#isSites) drawLossOfSites(place, this.#series);
    else drawLoss(place, this.#series);
    drawSpans(place, this.#spans);
    context.restore();
    drawLaneNames(place);
  }

  /** Says what there is at a time; null shows the newest. */
  #tell(seconds) {
    const lines = this.#series.map((series, index) => this.#line(series, index, seconds)).filter(Boolean);
    if (!lines.length) lines.push(make("span", "muted", "No probe has ended in this time."));
    const open = seconds === null ? [] : this.#spans.filter(span => span.since <= seconds && seconds < span.end);
    for (const span of open) lines.push(make("span", "", make("b", "", span.kind), [" " + span.detail, span.seen].filter(Boolean).join(", ")));
    this.readout.replaceChildren(...lines);
  }

  #line(series, index, seconds) {
    const i = seconds === null ? series.start_s.length - 1 : indexAt(series, seconds);
    if (i < 0) return null;
    const [low, middle, high] = [1, MEDIAN, 7].map(band => rtt(series.bands_ns[band][i]));
    const name = this.#series.length > 1 || this.#isSites ? [make("b", "", series.label), " "] : [];
    const from = series.start_s[i] * 1000;
    const span = timeElement(from, when(from) + "–" + clock(new Date(from + series.seconds[i] * 1000)));
    if (this.#series.length > MOST_NAMES) {
      return make("span", "", ...(index === 0 ? [span, "  "] : []), ...name, middle + ", " + percent(series.lost[i], series.decided[i]));
    }
    return make("span", "", ...name, ...(index === 0 ? [span, "  "] : []), "median ", make("b", "", middle),
      ", 5–95 % " + low + " … " + high + ", loss ", make("b", "", percent(series.lost[i], series.decided[i])));
  }

  #words() {
    const one = ({ label, total }) => `${label}: median ${rtt(total.median_ns)}, loss ${percent(total.lost, total.decided)}`;
    return `Smoke plot from ${when(this.#range[0] * 1000)} to ${when(this.#range[1] * 1000)}. ` + this.#series.map(one).join("; ");
  }
}

/** That of its own; null where its colours say the loss. */
const lineColour = (colours, { line }) => line === undefined ? null : colours.lines[line % colours.lines.length];

function indexAt(series, seconds) {
  const starts = series.start_s;
  let low = 0;
  let high = starts.length - 1;
  while (low <= high) {
    const middle = low + high >> 1;
    if (starts[middle] > seconds) high = middle - 1;
    else if (starts[middle] + series.seconds[middle] <= seconds) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Calls with each window's index and where it begins and ends on the canvas. */
function windows({ plot }, series, each) {
  for (let i = 0; i < series.start_s.length; i++) {
    const left = Math.round(plot.valToPos(series.start_s[i], "x", true));
    const right = Math.round(plot.valToPos(series.start_s[i] + series.seconds[i], "x", true));
    each(i, left, Math.max(1, right - left));
  }
}

function drawBands(place, series, bands, colour) {
  const { plot, context, box, colours } = place;
  const [red, green, blue] = colour ? [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16)) : colours.smoke;
  const y = value => plot.valToPos(Math.max(value / 1e6, SMALLEST), "y", true);
  windows(place, series, (i, left, width) => {
    if (series.bands_ns[0][i] < 0) {
      if (series.lost[i] > 0 && !colour) {
        context.fillStyle = colours.hatch;
        context.fillRect(left, box.top, width, box.height);
      }
      return;
    }
    for (const [low, high, alpha] of bands) {
      context.fillStyle = `rgba(${red},${green},${blue},${alpha})`;
      const top = y(series.bands_ns[high][i]);
      context.fillRect(left, top, width, Math.max(1, y(series.bands_ns[low][i]) - top));
    }
  });
}

function drawMedian(place, series, colour, thickness) {
  const { plot, context, colours, scale } = place;
  const height = thickness * scale;
  windows(place, series, (i, left, width) => {
    const median = series.bands_ns[MEDIAN][i];
    if (median < 0) return;
    context.fillStyle = colour ?? (series.lost[i] > 0 ? lossColour(colours, series.lost[i] / series.decided[i]) : colours.good);
    const extra = series.lost[i] > 0 && !colour ? scale : 0; // thicker too, for those who see no colours
    context.fillRect(left, plot.valToPos(Math.max(median / 1e6, SMALLEST), "y", true) - height / 2 - extra, width, height + 2 * extra);
  });
}

function drawLoss(place, all) {
  const { context, box, colours, scale, lossLane } = place;
  const bottom = box.top + box.height + (8 + lossLane) * scale;
  context.fillStyle = colours.lattice;
  context.fillRect(box.left, bottom, box.width, scale);
  for (const series of all) {
    const colour = lineColour(colours, series);
    drawLossBars(place, series, bottom, lossLane, colour ? 0.7 : 1, part => colour ?? lossColour(colours, part));
  }
}

/** A lane a site, so that what all see looks other than what one sees. */
function drawLossOfSites(place, all) {
  const { context, box, colours, scale, lossLane } = place;
  const lane = lossLane / Math.max(1, all.length);
  all.forEach((series, index) => {
    const bottom = box.top + box.height + (8 + (index + 1) * lane) * scale;
    context.fillStyle = colours.lattice;
    context.fillRect(box.left, bottom, box.width, scale);
    drawLossBars(place, series, bottom, lane - 1, 1, () => lineColour(colours, series));
  });
}

function drawLossBars(place, series, bottom, most, alpha, colourOf) {
  const { context, scale } = place;
  context.globalAlpha = alpha;
  windows(place, series, (i, left, width) => {
    if (!series.lost[i]) return;
    const part = series.lost[i] / series.decided[i];
    const height = Math.max(2, part * most) * scale;
    context.fillStyle = colourOf(part);
    context.fillRect(left, bottom - height, width, height);
  });
  context.globalAlpha = 1;
}

/** Each name at the end of its line, apart from the others. */
function drawNames({ plot, context, box, colours, scale }, all) {
  const height = 14 * scale;
  const names = all.map(series => {
    const last = series.bands_ns[MEDIAN].findLast(value => value >= 0) ?? -1;
    return { text: series.label, colour: lineColour(colours, series), y: last < 0 ? null : plot.valToPos(last / 1e6, "y", true) - 9 * scale };
  }).filter(name => name.y !== null).sort((a, b) => a.y - b.y);
  context.font = "600 " + 11.5 * scale + "px system-ui, 'DejaVu Sans', sans-serif";
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 3 * scale;
  context.strokeStyle = colours.ground;
  let before = -Infinity;
  for (const { text, colour, y } of names) {
    before = Math.max(y, before + height, box.top + height / 2);
    context.strokeText(text, box.left + box.width - 6 * scale, before);
    context.fillStyle = colour;
    context.fillText(text, box.left + box.width - 6 * scale, before);
  }
}

/** Gives spans that overlap rows of their own, and tells how many rows there are. */
function placeSpans(spans) {
  const ends = [];
  for (const span of [...spans].sort((a, b) => a.since - b.since)) {
    let row = ends.findIndex(end => end <= span.since);
    if (row < 0) row = Math.min(ends.length, MOST_EVENT_LANES - 1);
    ends[row] = Math.max(ends[row] ?? 0, span.end);
    span.row = row;
  }
  return Math.max(1, ends.length);
}

function drawSpans(place, spans) {
  const { plot, context, box, colours, scale, lossLane } = place;
  const first = box.top + box.height + (12 + lossLane) * scale;
  const height = (EVENT_LANE - 2) * scale;
  context.font = 10.5 * scale + "px system-ui, 'DejaVu Sans', sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (const span of spans) {
    const top = first + span.row * EVENT_LANE * scale;
    const left = Math.max(box.left, plot.valToPos(span.since, "x", true));
    const right = Math.min(box.left + box.width, plot.valToPos(span.end, "x", true));
    context.fillStyle = colours.event;
    context.globalAlpha = 0.25;
    context.fillRect(left, top, Math.max(scale, right - left), height);
    context.globalAlpha = 1;
    context.fillRect(left, top, 2 * scale, height);
    if (!span.isOpen) context.fillRect(right - scale, top, scale, height);
    const next = Math.min(box.left + box.width, ...spans.filter(one => one.row === span.row && one.since > span.since)
      .map(one => plot.valToPos(one.since, "x", true)));
    context.save();
    context.beginPath();
    context.rect(left, top, next - left, height);
    context.clip();
    context.fillText(span.seen ? span.kind + " · " + span.seen : span.kind, left + 5 * scale, top + height / 2);
    context.restore();
  }
}

function drawLaneNames({ context, box, colours, scale, lossLane }) {
  context.save();
  context.fillStyle = colours.axis;
  context.font = 11 * scale + "px system-ui, 'DejaVu Sans', sans-serif";
  context.textAlign = "right";
  context.textBaseline = "middle";
  const x = box.left - 8 * scale;
  const bottom = box.top + box.height;
  context.fillText("loss", x, bottom + (8 + lossLane / 2) * scale);
  context.fillText("events", x, bottom + (12 + lossLane + EVENT_LANE / 2) * scale);
  context.restore();
}

const axisNumber = value => Number(value.toPrecision(6)).toString();

function timeLabels(_, splits, __, ___, step) {
  let before = null;
  return splits.map(seconds => {
    const date = new Date(seconds * 1000);
    const today = day(date);
    if (step >= 86400) return step >= 86400 * 28 ? today.slice(0, 7) : today.slice(5);
    const text = clock(date, step < 60);
    const isNew = today !== before;
    before = today;
    return isNew && splits.length > 1 && date.getHours() === 0 && date.getMinutes() === 0 ? today.slice(5) : text;
  });
}
