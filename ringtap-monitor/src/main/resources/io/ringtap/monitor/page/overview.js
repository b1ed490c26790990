// All targets: the grid, the worst of them, and what has happened.

import * as api from "./api.js";
import { latencyNames, lossNames, palette, sample, swatches } from "./colours.js";
import { listEvents, mergeSites } from "./events.js";
import { count, make, percent, refill, rttOfMicros } from "./format.js";
import { Grid } from "./grid.js";
import { KIND_WORDS, KINDS, worst } from "./model.js";
import { seenWords, VERDICTS, watchedIn, worstOf } from "./sites.js";

const WORST = 50;
const EVENTS = 50;
const EVENTS_OF_SITES = 400; // become fewer, as several sites see the same
const OTHERS = 6; // sites of which the card tells beside that of the cell
const byId = id => document.getElementById(id);

/** What a cell that stands for a kind looks like. */
const example = kind => ({ kind, lost: kind === "lossy" || kind === "failing" ? 1 : 0, decided: 60, median: 3000, events: 0 });

export class Overview {
  #filter = { text: "", kind: "", group: "" };
  #shownEvents = -1;
  #isLegendOfSites = false;
  #card = byId("card");

  /** @param onFilter hears of what the viewer filters by; @param linkOf gives a target's address */
  constructor(model, { onFilter, onOpen, linkOf }) {
    Object.assign(this, { model, onFilter, onOpen, linkOf });
    this.grid = new Grid(byId("grid"), {
      onPoint: (target, box, isTouch) => this.#point(target, box, isTouch),
      onOpen,
      onSpeak: target => { byId("spoken").textContent = this.#sentence(target); },
    });
    byId("group").addEventListener("change", event => onFilter({ group: event.target.value }));
    byId("states").addEventListener("click", event => {
      const kind = event.target.closest("button")?.dataset.kind;
      if (kind !== undefined) onFilter({ kind: kind === this.#filter.kind ? "" : kind });
    });
    this.legend();
  }

  /** What is filtered by, as the address says. */
  filter(filter) {
    this.#filter = filter;
    this.refresh();
  }

  /** Shows all anew. */
  refresh() {
    const { sites } = this.model;
    if (sites.isThere !== this.#isLegendOfSites) this.legend();
    const matching = this.#matching();
    if (sites.isThere) {
      const names = this.model.siteNames(this.#filter.text);
      const columns = names.map(name => sites.names.indexOf(name));
      this.grid.show(matching.flatMap(row => columns.map(i => row.cells[i])), names);
    } else {
      this.grid.show(matching);
    }
    const { length } = sites.isThere ? sites.rows : this.model.targets;
    byId("shown").textContent = matching.length === length ? "" : `${count(matching.length)} of ${count(length)} shown`;
    this.#groups();
    this.#figures(matching);
  }

  /** Targets, or the rows of them where there are sites. */
  #matching() {
    return this.model.sites.isThere ? this.model.matchingRows(this.#filter) : this.model.matching(this.#filter);
  }

  /** Shows what has changed. */
  update(changed) {
    this.grid.update(changed);
    // A filter by state lets others pass now, others no more.
    if (this.#filter.kind && changed.length) this.refresh();
    else if (changed.length) this.#figures(this.#matching());
    if (this.#pointed && changed.includes(this.#pointed)) this.#fill(this.#pointed);
  }

  async updateEvents() {
    if (this.model.events === this.#shownEvents) return;
    this.#shownEvents = this.model.events;
    const { sites } = this.model;
    const events = await api.get("events", { limit: sites.isThere ? EVENTS_OF_SITES : EVENTS });
    listEvents(byId("events"), mergeSites(events, this.model).slice(0, EVENTS), this.linkOf);
  }

  redraw() {
    this.legend();
    this.grid.redraw();
    this.#chipKinds = null;
    this.refresh();
  }

  leave() {
    this.#card.hidden = true;
    this.#pointed = null;
  }

  legend() {
    const colours = palette();
    this.#isLegendOfSites = this.model.sites.isThere;
    const shape = (kind, words) => make("span", "", sample(example(kind)), words);
    byId("legend").replaceChildren(
      make("span", "scale", "Median", ...swatches(colours.latency, latencyNames)),
      make("span", "scale", "Loss", ...swatches(colours.loss, lossNames, "lossy")),
      shape("down", "down"), shape("failing", "no reply just now"),
      shape("unresolved", "no address"), ...(this.model.sites.isThere ? [shape("silent", "no results")] : []),
      make("span", "", sample({ ...example("up"), median: 60000, events: 1 }), "event goes on"));
  }

  #groups() {
    const select = byId("group");
    const names = ["", ...this.model.groups];
    if (select.options.length !== names.length || names.some((name, i) => select.options[i].value !== name)) {
      select.replaceChildren(...names.map(name => new Option(name || "all", name)));
    }
    select.value = this.#filter.group;
  }

  #chipKinds = null;

  #figures(matching) {
    this.#chips();
    const targets = this.model.sites.isThere ? matching.map(worstOf) : matching;
    refill(document.querySelector("#worst tbody"), worst(targets, WORST).map(target => this.#row(target)));
  }

  #chips() {
    const counts = this.model.counts();
    const { sites } = this.model;
    const shown = [["", "all", sites.isThere ? sites.rows.length : this.model.targets.length],
      ...KINDS.map(kind => [kind, KIND_WORDS[kind], counts[kind]]), ["event", "with events", counts.event],
      ...Object.entries(VERDICTS).map(([kind, text]) => [kind, "trouble " + text, counts[kind]])].filter(([kind, , number]) => !kind || number > 0 || kind === this.#filter.kind);
    const box = byId("states");
    const kinds = shown.map(([kind]) => kind).join();
    if (kinds !== this.#chipKinds) {
      this.#chipKinds = kinds;
      box.replaceChildren(...shown.map(([kind, words]) => {
        const button = make("button", "", ...(KINDS.includes(kind) ? [sample(example(kind))] : []), make("b", ""), " " + words);
        button.type = "button";
        button.dataset.kind = kind;
        return button;
      }));
    }
    shown.forEach(([kind, , number], i) => {
      box.children[i].querySelector("b").textContent = count(number);
      box.children[i].setAttribute("aria-pressed", String(kind === this.#filter.kind));
    });
  }

  #row(target) {
    const link = make("a", "", target.name);
    link.href = this.linkOf(target.row?.key ?? target.key);
    link.title = this.#sentence(target);
    const seen = target.row && target.kind !== "up" ? seenWords(sameSites(target), watchedIn(target.row).length) : "";
    const sign = sample(target);
    sign.className = "sign";
    const word = target.kind === "up" || target.kind === "lossy" ? "" : KIND_WORDS[target.kind] + " ";
    return make("tr", "", make("td", "", sign, make("span", "hidden", word), link,
      ...(seen ? [make("div", "from", seen)] : [])),
      make("td", "number", target.kind === "unresolved" ? "no addr." : percent(target.lost, target.decided)),
      make("td", "number", rttOfMicros(target.median)), make("td", "number", rttOfMicros(target.p95)));
  }

  #sentence(target) {
    const events = this.model.eventWords(target);
    const from = target.row ? ` from ${target.site}` : "";
    return `${target.name}${from}, group ${target.group}: ${KIND_WORDS[target.kind]}, loss ${percent(target.lost, target.decided)}`
      + `, median ${rttOfMicros(target.median)}` + (events.length ? ", events: " + events.join(", ") : "");
  }

  #pointed = null;

  #point(target, box, isTouch) {
    this.#pointed = target;
    this.#card.hidden = !target;
    if (!target) return;
    this.#fill(target, isTouch);
    this.#card.classList.toggle("fixed", isTouch);
    const { offsetWidth: width, offsetHeight: height } = this.#card;
    const left = Math.max(scrollX + 8, Math.min(box.left + box.width / 2 - width / 2, scrollX + document.documentElement.clientWidth - width - 8));
    const below = box.top + box.height + 10;
    const top = below + height > scrollY + innerHeight ? box.top - height - 10 : below;
    this.#card.style.left = left + "px";
    this.#card.style.top = top + "px";
  }

  #fill(target, isTouch = this.#card.classList.contains("fixed")) {
    const facts = [
      ...(target.row ? [["Site", target.site]] : []),
      ["State", KIND_WORDS[target.kind]],
      ["Lost of the last minute", `${target.lost} of ${target.decided} (${percent(target.lost, target.decided)})`],
      ["Median", rttOfMicros(target.median)], ["95th percentile", rttOfMicros(target.p95)], ["Latest", rttOfMicros(target.last)],
      ["Address", target.address || "none yet"], ["Group", target.group],
      ...Object.entries(target.labels).filter(([name]) => !target.row || name !== "site"),
      ...(target.row ? others(target) : []),
    ];
    const events = this.model.eventWords(target);
    if (events.length) facts.splice(target.row ? 2 : 1, 0, ["Events", events.join(", ")]);
    this.#card.replaceChildren(make("div", "name", target.name),
      make("dl", "", ...facts.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)])));
    if (isTouch) {
      const open = make("a", "button", "Open");
      open.href = this.linkOf(target.row?.key ?? target.key);
      this.#card.append(open);
    }
  }
}

/** The sites that see the same of a target as one of them does. */
const sameSites = target => watchedIn(target.row).filter(cell => cell.kind === target.kind).map(cell => cell.site);

/** What other sites see, in few words. */
function others(target) {
  const cells = target.row.cells.filter(cell => cell !== target);
  const facts = cells.slice(0, OTHERS).map(cell => ["From " + cell.site, cell.kind === "absent" ? "not watched"
    : [cell.kind === "up" ? "" : KIND_WORDS[cell.kind], rttOfMicros(cell.median)].filter(Boolean).join(", ")]);
  return cells.length > OTHERS ? [...facts, ["", "and " + (cells.length - OTHERS) + " more sites"]] : facts;
}
