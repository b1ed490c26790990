// All targets, as the server last told of them.

const ROW = 8; // numbers a target in a message of changes
export const KINDS = ["down", "failing", "lossy", "unresolved", "pending", "up"];
export const KIND_WORDS = {
  up: "up", lossy: "loss", failing: "no reply", down: "down", unresolved: "no address", pending: "waiting",
};

const natural = new Intl.Collator("en", { numeric: true });

export class Model {
  targets = [];
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
        group: overview.groups[overview.group[i]], labels: overview.label_sets[overview.label_set[i]],
        intervalMillis: overview.interval_ms[i],
        state: overview.states[overview.state[i]], events: overview.events[i], lost: overview.lost[i],
        decided: overview.decided[i], median: overview.median_us[i], p95: overview.p95_us[i],
        last: overview.last_us[i],
      };
      target.text = [target.name, target.address, target.group, ...Object.values(target.labels)].join("\n").toLowerCase();
      target.kind = kind(target);
      return target;
    });
    this.groups = overview.groups;
    const places = new Map(this.groups.map((group, i) => [group, i]));
    this.targets.sort((a, b) => places.get(a.group) - places.get(b.group) || natural.compare(a.name, b.name) || a.id - b.id);
    this.byId = new Map(this.targets.map(target => [target.id, target]));
    this.byKey = new Map(this.targets.map(target => [target.key, target]));
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

  /** How many targets are of each kind. */
  counts() {
    const counts = Object.fromEntries(KINDS.map(kind => [kind, 0]));
    for (const target of this.targets) counts[target.kind]++;
    return counts;
  }

  /** Those that a filter lets pass: the words of its text, a kind, a group. */
  matching({ text, kind, group }) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean).map(word => {
      const equals = word.indexOf("=");
      return equals > 0 ? { label: word.slice(0, equals), value: word.slice(equals + 1) } : { word };
    });
    return this.targets.filter(target =>
      (!kind || (kind === "event" ? target.events : target.kind === kind))
      && (!group || target.group === group)
      && words.every(word => word.label ? hasLabel(target, word) : target.text.includes(word.word)));
  }
}

function hasLabel(target, { label, value }) {
  return Object.entries(target.labels).some(([name, text]) =>
    name.toLowerCase() === label && text.toLowerCase().startsWith(value));
}

function kind(target) {
  return target.state === "up" && target.lost > 0 ? "lossy" : target.state;
}

const rank = { down: 5, unresolved: 4, failing: 3, lossy: 2, up: 1, pending: 0 };

/** The worst of them, worst first: by state, then loss, then latency. */
export function worst(targets, most) {
  const score = target => rank[target.kind] * 1e9
    + (target.decided ? target.lost / target.decided : 0) * 9e8 + Math.min(target.p95, 8e7);
  const found = [];
  let least = -Infinity;
  for (const target of targets) {
    const value = score(target);
    if (found.length === most && value <= least) continue;
    found.push({ target, value });
    if (found.length > most * 2) {
      found.sort((a, b) => b.value - a.value).length = most;
      least = found[most - 1].value;
    }
  }
  return found.sort((a, b) => b.value - a.value).slice(0, most).map(one => one.target);
}
