// All targets: the grid, the worst of them, and what has happened.

import * as api from "./api.js";
import { latencyNames, lossNames, palette, sample, swatches } from "./colours.js";
import { listEvents } from "./events.js";
import { count, make, percent, refill, rttOfMicros } from "./format.js";
import { Grid } from "./grid.js";
import { KIND_WORDS, KINDS, worst } from "./model.js";

const WORST = 50;
const EVENTS = 50;
const byId = id => document.getElementById(id);

/** What a cell that stands for a kind looks like. */
const example = kind => ({ kind, lost: kind === "lossy" || kind === "failing" ? 1 : 0, decided: 60, median: 3000, events: 0 });

export class Overview {
  #filter = { text: "", kind: "", group: "" };
  #shownEvents = -1;
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
    const matching = this.model.matching(this.#filter);
    this.grid.show(matching);
    const { length } = this.model.targets;
    byId("shown").textContent = matching.length === length ? "" : `${count(matching.length)} of ${count(length)} shown`;
    this.#groups();
    this.#figures(matching);
  }

  /** Shows what has changed. */
  update(changed) {
    this.grid.update(changed);
    // A filter by state lets others pass now, others no more.
    if (this.#filter.kind && changed.length) this.refresh();
    else if (changed.length) this.#figures(this.model.matching(this.#filter));
    if (this.#pointed && changed.includes(this.#pointed)) this.#fill(this.#pointed);
  }

  async updateEvents() {
    if (this.model.events === this.#shownEvents) return;
    this.#shownEvents = this.model.events;
    listEvents(byId("events"), await api.get("events", { limit: EVENTS }), this.linkOf);
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
    const shape = (kind, words) => make("span", "", sample(example(kind)), words);
    byId("legend").replaceChildren(
      make("span", "scale", "Median", ...swatches(colours.latency, latencyNames)),
      make("span", "scale", "Loss", ...swatches(colours.loss, lossNames, "lossy")),
      shape("down", "down"), shape("failing", "no reply just now"),
      shape("unresolved", "no address"), make("span", "", sample({ ...example("up"), median: 60000, events: 1 }), "event goes on"));
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
    refill(document.querySelector("#worst tbody"), worst(matching, WORST).map(target => this.#row(target)));
  }

  #chips() {
    const counts = this.model.counts();
    const events = this.model.targets.reduce((sum, target) => sum + (target.events ? 1 : 0), 0);
    const shown = [["", "all", this.model.targets.length], ...KINDS.map(kind => [kind, KIND_WORDS[kind], counts[kind]]),
      ["event", "with events", events]].filter(([kind, , number]) => !kind || number > 0 || kind === this.#filter.kind);
    const box = byId("states");
    const kinds = shown.map(([kind]) => kind).join();
    if (kinds !== this.#chipKinds) {
      this.#chipKinds = kinds;
      box.replaceChildren(...shown.map(([kind, words]) => {
        const button = make("button", "", ...(kind && kind !== "event" ? [sample(example(kind))] : []), make("b", ""), " " + words);
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
    link.href = this.linkOf(target.key);
    link.title = this.#sentence(target);
    const sign = sample(target);
    sign.className = "sign";
    const word = target.kind === "up" || target.kind === "lossy" ? "" : KIND_WORDS[target.kind] + " ";
    return make("tr", "", make("td", "", sign, make("span", "hidden", word), link),
      make("td", "number", target.kind === "unresolved" ? "no addr." : percent(target.lost, target.decided)),
      make("td", "number", rttOfMicros(target.median)), make("td", "number", rttOfMicros(target.p95)));
  }

  #sentence(target) {
    const events = this.model.eventWords(target);
    return `${target.name}, group ${target.group}: ${KIND_WORDS[target.kind]}, loss ${percent(target.lost, target.decided)}`
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
      ["State", KIND_WORDS[target.kind]],
      ["Lost of the last minute", `${target.lost} of ${target.decided} (${percent(target.lost, target.decided)})`],
      ["Median", rttOfMicros(target.median)], ["95th percentile", rttOfMicros(target.p95)], ["Latest", rttOfMicros(target.last)],
      ["Address", target.address || "none yet"], ["Group", target.group],
      ...Object.entries(target.labels),
    ];
    const events = this.model.eventWords(target);
    if (events.length) facts.splice(1, 0, ["Events", events.join(", ")]);
    this.#card.replaceChildren(make("div", "name", target.name),
      make("dl", "", ...facts.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)])));
    if (isTouch) {
      const open = make("a", "button", "Open");
      open.href = this.linkOf(target.key);
      this.#card.append(open);
    }
  }
}
