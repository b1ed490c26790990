// All targets, as the server last told of them.

import { badness, Sites, VERDICTS, verdict, watchedIn } from "./sites.js";

const ROW = 8; // numbers a target in a message of changes
export const KINDS = ["down", "failing", "lossy", "silent", "unresolved", "pending", "up"];
export const KIND_WORDS = {
  up: "up", lossy: "loss", failing: "no reply", down: "down", unresolved: "no address", pending: "waiting",
  silent: "no results", absent: "not watched from there",
};

const natural = new Intl.Collator("en", { numeric: true });

export class Model {
  targets = [];
  sites = new Sites([]);
  groups = [];
  byId = new Map();
  byKey = new Map();
  kinds = [];
  inventory = -1;
  events = -1;
  closed = 0;
  offset = 0; // of the server's clock

  /** Takes in all. */
  replace(overview) {
    this.targets = overview.id.map((id, i) => {
      const target = {
        id, key: overview.key[i], name: overview.name[i], address: overview.address[i],
        group: overview.groups[overview.group[i]], site: overview.sites[overview.site[i]] ?? "", labels: overview.label_sets[overview.label_set[i]],
        intervalMillis: overview.interval_ms[i],
        state: overview.states[overview.state[i]], events: overview.events[i], lost: overview.lost[i],
        decided: overview.decided[i], median: overview.median_us[i], p95: overview.p95_us[i],
        last: overview.last_us[i],
      };
      target.place = target.site ? target.key.slice(0, -target.site.length - 1) : target.key; // without its site
      target.text = [target.name, target.address, target.group, ...Object.values(target.labels)].join("\n").toLowerCase();
      target.kind = kind(target);
      return target;
    });
    // What sites tell of comes in any order, and not in that of a configuration.
    this.groups = overview.sites.length ? [...overview.groups].sort(natural.compare) : overview.groups;
    const places = new Map(this.groups.map((group, i) => [group, i]));
    this.targets.sort((a, b) => places.get(a.group) - places.get(b.group) || natural.compare(a.name, b.name) || a.id - b.id);
    this.byId = new Map(this.targets.map(target => [target.id, target]));
    this.byKey = new Map(this.targets.map(target => [target.key, target]));
    this.sites = new Sites(this.targets);
    this.kinds = overview.kinds;
    this.states = overview.states;
    this.inventory = overview.inventory;
    this.#head(overview);
  }

  /** Takes in what has changed; gives the targets that look different, and whether others are watched than these. */
  apply(message) {
    const changed = [];
    for (let i = 0; i < message.rows.length; i += ROW) {
      const target = this.byId.get(message.rows[i]);
      if (!target) continue;
      const [, state, events, lost, decided, median, p95, last] = message.rows.slice(i, i + ROW);
      Object.assign(target, { state: this.states[state], events, lost, decided, median, p95, last });
      target.kind = kind(target);
      changed.push(target);
    }
    this.#head(message);
    return { changed, isOther: message.inventory !== this.inventory };
  }

  #head(message) {
    this.events = message.event_version;
    this.closed = message.closed_s;
    this.offset = message.now_ms - Date.now();
  }

  /** The server's time. */
  now() {
    return Date.now() + this.offset;
  }

  /** The words of the kinds of events that go on. */
  eventWords(target) {
    return this.kinds.filter((_, bit) => target.events >> bit & 1);
  }

  /** How many targets are of each kind, and `event` of those with events; with sites, as any of them sees it. */
  counts() {
    const counts = Object.fromEntries([...KINDS, "event", ...Object.keys(VERDICTS)].map(kind => [kind, 0]));
    const rows = this.sites.isThere ? this.sites.rows.map(watchedIn) : this.targets.map(target => [target]);
    for (const cells of rows) {
      for (const kind of new Set(cells.map(cell => cell.kind))) counts[kind]++;
      if (cells.some(cell => cell.events)) counts.event++;
      const seen = cells[0].row && verdict(cells[0].row);
      if (seen) counts[seen]++;
    }
    return counts;
  }

  /** Those that a filter lets pass: the words of its text, a kind, a group. */
  matching({ text, kind, group }) {
    const words = wordsOf(text);
    return this.targets.filter(target =>
      (!kind || (kind === "event" ? target.events : target.kind === kind))
      && (!group || target.group === group)
      && words.every(word => word.label ? hasLabel(target, word) : target.text.includes(word.word)));
  }

  /** The rows of which a filter lets a target pass. */
  matchingRows(filter) {
    const seen = filter.kind in VERDICTS ? filter.kind : "";
    const passed = new Set(this.matching(seen ? { ...filter, kind: "" } : filter).map(target => target.row));
    return this.sites.rows.filter(row => passed.has(row) && (!seen || verdict(row) === seen));
  }

  /** The sites that a text does not leave out by a word such as `site=ams`. */
  siteNames(text) {
    const wanted = wordsOf(text).filter(word => word.label === "site");
    return this.sites.names.filter(name => wanted.every(word => name.toLowerCase().startsWith(word.value)));
  }
}

const wordsOf = text => text.toLowerCase().split(/\s+/).filter(Boolean).map(word => {
  const equals = word.indexOf("=");
  return equals > 0 ? { label: word.slice(0, equals), value: word.slice(equals + 1) } : { word };
});

function hasLabel(target, { label, value }) {
  return Object.entries(target.labels).some(([name, text]) =>
    name.toLowerCase() === label && text.toLowerCase().startsWith(value));
}

function kind(target) {
  return target.state === "up" && target.lost > 0 ? "lossy" : target.state;
}

/** The worst of them, worst first: by state, then loss, then latency. */
export function worst(targets, most) {
  const found = [];
  let least = -Infinity;
  for (const target of targets) {
    const value = badness(target);
    if (found.length === most && value <= least) continue;
    found.push({ target, value });
    if (found.length > most * 2) {
      found.sort((a, b) => b.value - a.value).length = most;
      least = found[most - 1].value;
    }
  }
  return found.sort((a, b) => b.value - a.value).slice(0, most).map(one => one.target);
}
