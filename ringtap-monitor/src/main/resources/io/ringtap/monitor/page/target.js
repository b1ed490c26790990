// One target, or several laid over each other: the smoke plot of a time, and what it adds up to.

import * as api from "./api.js";
import { lossNames, palette, swatches } from "./colours.js";
import { listEvents, mergeSites, spansOf } from "./events.js";
import { count, make, percent, refill, rtt, rttOfMicros } from "./format.js";
import { KIND_WORDS } from "./model.js";
import { allSites, rowFacts, siteSwitch } from "./siteparts.js";
import { watchedIn } from "./sites.js";
import { SmokePlot } from "./smoke.js";
import { TraceView } from "./trace.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
export const RANGES = [["5m", "5 min", 300], ["1h", "1 h", HOUR], ["6h", "6 h", 6 * HOUR], ["1d", "1 d", DAY],
  ["7d", "7 d", 7 * DAY], ["30d", "30 d", 30 * DAY], ["365d", "1 y", 365 * DAY]];
const DEFAULT_RANGE = "1h";
const SHORTEST = 60;
const EVENTS = 200;
const byId = id => document.getElementById(id);

export class TargetView {
  #state = { keys: [], range: DEFAULT_RANGE, from: 0, to: 0, scale: "fit", off: [] };
  #abort = null;
  #loaded = 0; // up to when, by the newest closed window
  #loadedEvents = -1;
  #series = [];
  #spans = [];
  #shown = [0, 1]; // from when to when

  /** @param onState hears what the viewer wants to see */
  constructor(model, { onState, linkOf }) {
    Object.assign(this, { model, onState, linkOf });
    this.plot = new SmokePlot(byId("smoke"), byId("readout"), (from, to) => this.#zoom(from, to));
    this.trace = new TraceView(byId("trace"), byId("trace-state"), document.querySelector("#hops tbody"), byId("trace-button"));
    byId("ranges").replaceChildren(...RANGES.map(([range, words]) => {
      const button = make("button", "", words);
      button.type = "button";
      button.dataset.range = range;
      button.addEventListener("click", () => this.range(range));
      return button;
    }));
    byId("earlier").addEventListener("click", () => this.shift(-1));
    byId("later").addEventListener("click", () => this.shift(1));
    byId("zoom-out").addEventListener("click", () => this.zoomOut());
    byId("smoke").addEventListener("dblclick", () => this.zoomOut());
    byId("scale").addEventListener("change", event => this.onState({ scale: event.target.value }));
    byId("add").addEventListener("change", event => this.#add(event.target));
    byId("add").addEventListener("input", event => this.#suggest(event.target.value));
    byId("trace-button").addEventListener("click", () => this.startTrace());
  }

  /** Shows what the address says. */
  async show(state) {
    if (state.keys.join("\n") !== this.#state.keys.join("\n")) this.trace.stop();
    const { off, ...before } = this.#state;
    this.#state = { ...state, range: state.range || (state.from ? "" : DEFAULT_RANGE) };
    const isOther = off.join("\n") !== state.off.join("\n");
    if (isOther && JSON.stringify({ ...this.#state, off: undefined }) === JSON.stringify(before)) {
      this.#plot();
      return;
    }
    byId("scale").value = state.scale;
    for (const button of byId("ranges").children) {
      button.setAttribute("aria-pressed", String(button.dataset.range === this.#state.range));
    }
    this.#heads();
    await this.#load();
  }

  leave() {
    this.#abort?.abort();
    this.trace.stop();
  }

  /** The numbers of those that are shown, as far as they are watched. */
  ids() {
    return this.#keys().map(key => this.model.byKey.get(key)?.id).filter(id => id !== undefined);
  }

  /** What is asked for; of a target of several sites, that of each. */
  #keys() {
    const all = this.#state.keys.flatMap(key => {
      const row = this.model.sites.row(key);
      return row ? watchedIn(row).map(cell => cell.key) : [key];
    });
    return [...new Set(all)];
  }

  /** The same targets from wherever they are watched: what one site sees says more beside what others see. */
  #keysOfAllSites(keys) {
    const all = keys.map(key => this.model.byKey.get(key)?.row);
    return [...new Set(keys.flatMap((key, i) => all[i] ? watchedIn(all[i]).map(cell => cell.key) : [key]))];
  }

  /** Whether one of these targets has to do with an event. */
  #isOf(event, keys) {
    return !event.sites || event.sites.some(site => keys.includes(event.key + "@" + site));
  }

  /** Shows what has changed, and the newest windows where the range ends now. */
  update() {
    this.#heads();
    byId("plot-legend").querySelectorAll("button")
      .forEach((button, i) => { button.lastChild.textContent = this.#now(this.#series[i].key); });
    const length = this.#length();
    // Not more often than a new point would come to be.
    const pause = Math.max(10, length / 720);
    const isOld = this.model.closed - this.#loaded >= pause || this.model.events !== this.#loadedEvents;
    if (this.#state.range && isOld) this.#load();
  }

  redraw() {
    if (!this.#state.keys.length) return;
    if (this.#series.length) this.plot.remake();
    this.#legend();
    this.#statistics();
    this.#heads();
  }

  range(range) {
    this.onState({ range, from: 0, to: 0 });
  }

  shift(direction) {
    const [from, to] = this.#times();
    const step = Math.round((to - from) / 2) * direction;
    this.#go(from + step, to + step);
  }

  zoomOut() {
    const [from, to] = this.#times();
    const more = Math.round((to - from) / 2);
    this.#go(from - more, to + more);
  }

  startTrace() {
    const target = this.#traced();
    if (target) this.trace.start(target);
  }

  /** The target that a trace would be of; none where it is watched from elsewhere. */
  #traced() {
    const target = this.model.byKey.get(this.#state.keys[0]);
    return target?.site ? undefined : target;
  }

  #zoom(from, to) {
    const middle = Math.round((from + to) / 2);
    this.#go(Math.min(from, middle - SHORTEST / 2), Math.max(to, middle + SHORTEST / 2));
  }

  #go(from, to) {
    const now = Math.ceil(this.model.now() / 1000);
    if (to > now) { from -= to - now; to = now; }
    this.onState({ range: "", from: Math.max(0, from), to });
  }

  #length() {
    return RANGES.find(([range]) => range === this.#state.range)?.[2] ?? this.#state.to - this.#state.from;
  }

  #times() {
    if (!this.#state.range) return [this.#state.from, this.#state.to];
    const now = Math.ceil(this.model.now() / 1000);
    return [now - this.#length(), now];
  }

  async #load() {
    this.#abort?.abort();
    const abort = this.#abort = new AbortController();
    const [from, to] = this.#times();
    this.#loaded = this.model.closed;
    this.#loadedEvents = this.model.events;
    const points = Math.max(60, Math.min(1500, Math.floor(byId("smoke").clientWidth / 1.5)));
    try {
      const keys = this.#keys();
      const [answers, lists] = await Promise.all([
        api.getOf(keys, "series", { from, to, points }, abort.signal),
        api.getOf(this.#keysOfAllSites(keys), "events", { to: to + 1, limit: EVENTS }, abort.signal)]);
      const events = mergeSites(lists.flat(), this.model).filter(event => this.#isOf(event, keys));
      this.#spans = spansOf(events, to).filter(span => span.end >= from && span.since <= to);
      this.#series = answers.flatMap(answer => answer.series);
      this.#shown = [from, to];
      this.#nameSeries();
      this.#plot();
      listEvents(byId("target-events"), events.filter(event => event.at_ms >= from * 1000), this.linkOf);
    } catch (error) {
      if (!abort.signal.aborted) byId("readout").textContent = error.message;
    }
  }

  /** Gives each its colour and what it is called in the plot: by its site where all are of one target. */
  #nameSeries() {
    const { sites, byKey } = this.model;
    const isMany = this.#series.length > 1;
    this.#series.forEach((series, index) => {
      const { row, site } = byKey.get(series.key) ?? {};
      series.line = isMany ? this.#isSites() && row ? sites.names.indexOf(site) : index : undefined;
      series.label = !row ? series.name : this.#isSites() ? site : series.name + " from " + site;
    });
  }

  #plot() {
    const [from, to] = this.#shown;
    this.plot.show({ series: this.#visible(), spans: this.#spans, from, to, scale: this.#state.scale, isSites: this.#isSites() });
    this.#legend();
    this.#statistics();
    this.#heads();
  }

  #visible() {
    return this.#series.filter(series => !this.#state.off.includes(series.label));
  }

  /** Whether what several sites see of one target is laid over each other. */
  #isSites() {
    return this.#series.length > 1 && this.#state.keys.length === 1;
  }

  #name(key) {
    return (this.model.byKey.get(key) ?? this.model.sites.row(key) ?? this.#series.find(series => series.key === key))?.name ?? key;
  }

  #heads() {
    const { keys } = this.#state;
    const colours = palette();
    document.title = keys.map(key => this.#name(key)).join(", ") + " – Ringtap monitor";
    refill(byId("heads"), keys.map((key, i) => {
      const target = this.model.byKey.get(key);
      const row = this.model.sites.row(key);
      const head = make("div", "head");
      if (keys.length > 1 && !row) {
        const swatch = make("span", "swatch");
        swatch.style.background = colours.lines[i % colours.lines.length];
        head.append(swatch);
      }
      head.append(make("h1", "", this.#name(key)));
      if (target) {
        const events = this.model.eventWords(target).filter(word => word !== target.kind);
        head.append(make("span", "pill " + target.kind, KIND_WORDS[target.kind]),
          make("span", "tag", "latest " + rttOfMicros(target.last)),
          make("span", "tag", target.address || "no address yet"), make("span", "tag", target.group),
          ...Object.entries(target.labels).map(([name, value]) => make("span", "tag", name + "=" + value)));
        if (events.length) head.append(make("span", "pill lossy", "⚑ " + events.join(", ")));
        if (target.row) head.append(allSites(this.linkOf(target.row.key)));
      } else if (row) {
        head.append(...rowFacts(row));
      } else {
        head.append(make("span", "pill pending", "not watched"));
      }
      if (keys.length > 1) head.append(this.#remove(key));
      return head;
    }));
    const first = this.#traced();
    byId("trace-button").classList.toggle("wanted", first?.kind === "down" || first?.kind === "failing");
    byId("trace-button").hidden = !first;
  }

  #remove(key) {
    const button = make("button", "remove", "×");
    button.type = "button";
    button.setAttribute("aria-label", "Take " + this.#name(key) + " away");
    button.addEventListener("click", () => this.onState({ keys: this.#state.keys.filter(one => one !== key) }));
    return button;
  }

  #found(text) {
    const filter = { text, kind: "", group: "" };
    return this.model.sites.isThere ? this.model.matchingRows(filter) : this.model.matching(filter);
  }

  #suggest(text) {
    const found = text ? this.#found(text).slice(0, 20) : [];
    byId("names").replaceChildren(...found.map(target => {
      const option = make("option", "");
      option.value = target.key;
      option.label = target.name;
      return option;
    }));
  }

  #add(input) {
    const text = input.value.trim();
    const { sites } = this.model;
    const all = sites.isThere ? sites.rows : this.model.targets;
    const target = this.model.byKey.get(text) ?? sites.row(text) ?? all.find(one => one.name === text)
      ?? (text ? this.#found(text)[0] : undefined);
    if (target && !this.#state.keys.includes(target.key)) {
      input.value = "";
      this.onState({ keys: [...this.#state.keys, target.key] });
    }
  }

  #legend() {
    const colours = palette();
    const isMany = this.#series.length > 1;
    const bands = isMany ? "Bands hold 90 and 50 % of replies" : "Bands hold 100, 90, 80 and 50 % of replies";
    const switches = isMany && this.model.sites.isThere ? this.#series.map(series => this.#switch(series)) : [];
    const of = this.#isSites() ? "site" : "target";
    refill(byId("plot-legend"), [...switches, make("span", "", bands),
      isMany ? make("span", "", "Lines are medians, bars the loss, in the colour of the " + of)
        : make("span", "scale", "Median by loss", ...swatches([colours.good, ...colours.loss], ["none", ...lossNames]))]);
  }

  #switch({ key, label, line }) {
    const { off } = this.#state;
    const isOff = off.includes(label);
    const colour = palette().lines[line % palette().lines.length];
    return siteSwitch({ label, colour, isOff, now: this.#now(key) },
      () => this.onState({ off: isOff ? off.filter(one => one !== label) : [...off, label] }, true));
  }

  /** How a target is at present, in few words. */
  #now(key) {
    const target = this.model.byKey.get(key);
    return !target ? "not watched" : KIND_WORDS[target.kind] + " " + rttOfMicros(target.median);
  }

  #statistics() {
    const row = ({ key, label, total }) => {
      const link = make("a", "", label);
      link.href = this.linkOf(key);
      const cells = [count(total.sent), count(total.outcomes.reply), count(total.lost), percent(total.lost, total.decided),
        ...[total.min_ns, total.median_ns, total.p95_ns, total.p99_ns, total.max_ns].map(rtt)];
      return make("tr", "", make("td", "", link), ...cells.map(text => make("td", "number", text)));
    };
    refill(document.querySelector("#statistics tbody"), this.#visible().map(row));
    byId("own").textContent = this.#visible().flatMap(({ label, total }) => others(total).map(text => `${label}: ${text}`)).join("; ");
  }
}

/** What came beside replies and losses. */
function others(total) {
  const words = [["error", "refused"], ["corrupted", "corrupted"], ["elsewhere", "answered from elsewhere"],
    ["late", "late"], ["duplicate", "duplicates"], ["dropped", "of unknown outcome, dropped on this machine"],
    ["withdrawn", "withdrawn"], ["unsent", "not sent"]];
  return words.filter(([name]) => total[name] > 0).map(([name, text]) => count(total[name]) + " " + text);
}
