// The same targets watched from several sites: a row a target, a cell a site.

const RANK = { down: 6, unresolved: 5, failing: 4, silent: 3, lossy: 2, up: 1, pending: 0 };
const MOST_NAMES = 4;

/** By how bad a target is: its state, then loss, then latency. */
export const badness = target => RANK[target.kind] * 1e9
  + (target.decided ? target.lost / target.decided : 0) * 9e8 + Math.min(target.p95, 8e7);

/** What rows are filtered by beside the states of their cells. */
export const VERDICTS = { some: "at some sites only", all: "at all sites" };

export class Sites {
  /** Sorted; none where no target is watched from more than one site. */
  names = [];
  /** In the order of the targets; `cells` has a target or a cell of the kind `absent` a site. */
  rows = [];
  #byKey = new Map();

  constructor(targets) {
    const isSeveral = places => new Set(places).size < places.length;
    if (!isSeveral(targets.map(target => target.place))) return;
    this.names = [...new Set(targets.map(target => target.site))].sort();
    const columns = new Map(this.names.map((name, i) => [name, i]));
    for (const target of targets) {
      let row = this.#byKey.get(target.place);
      if (!row) {
        row = { key: target.place, name: target.name, group: target.group, cells: [] };
        row.cells = this.names.map(site => absent(row, site));
        this.#byKey.set(row.key, row);
        this.rows.push(row);
      }
      target.row = row;
      row.cells[columns.get(target.site)] = target;
    }
  }

  /** Whether there are any. */
  get isThere() {
    return this.names.length > 0;
  }

  /** The row of a target without its site; undefined if there is none. */
  row(key) {
    return this.#byKey.get(key);
  }
}

const absent = (row, site) => ({
  kind: "absent", row, site, key: row.key, name: row.name, group: row.group, labels: {}, address: "",
  events: 0, lost: 0, decided: 0, median: -1, p95: -1, last: -1,
});

/** The targets of a row, one a site that watches it. */
export const watchedIn = row => row.cells.filter(cell => cell.kind !== "absent");

export const worstOf = row => watchedIn(row).reduce((a, b) => badness(b) > badness(a) ? b : a);

const isKnown = cell => !["absent", "pending", "silent"].includes(cell.kind);
const isTroubled = cell => cell.kind !== "up" || cell.events > 0;

/** Whether trouble is seen by `all` sites that say something of a target, by `some`, or by none: undefined. */
export function verdict(row) {
  const known = row.cells.filter(isKnown);
  const troubled = known.filter(isTroubled).length;
  return troubled === 0 ? undefined : troubled === known.length && troubled > 1 ? "all" : "some";
}

/** Which sites see something, in words, of so many that could; with one that could there is nothing to say. */
export function seenWords(seen, all) {
  if (all < 2 || !seen.length) return "";
  if (seen.length === all) return "all " + all + " sites";
  if (seen.length === 1) return "only " + seen[0];
  const names = seen.length > MOST_NAMES ? "" : ": " + seen.join(", ");
  return seen.length + " of " + all + " sites" + names;
}
