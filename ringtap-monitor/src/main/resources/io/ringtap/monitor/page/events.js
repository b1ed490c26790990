// What has happened, as a list and as spans along a plot.

import { duration, make, refill, timeElement } from "./format.js";
import { seenWords, watchedIn } from "./sites.js";

const WORDS = {
  down: ["down", "up again"], loss: ["loss", "loss over"], latency: ["latency", "latency over"],
  baseline: ["slower than usual", "as usual again"], route: ["route flaps", "route steady"],
  duplicates: ["duplicates", "duplicates over"], address: ["new address"], name: ["name not found", "name found"],
};

/** Fills a list, newest first. */
export function listEvents(list, events, linkOf) {
  if (!events.length) {
    list.replaceChildren(make("li", "empty", "Nothing has happened."));
    return;
  }
  refill(list, events.map(event => {
    const [begun, ended] = WORDS[event.kind] ?? [event.kind, event.kind + " over"];
    const what = make("span", "what",
      make("span", event.begin ? "begin" : "end", (event.begin ? "▲ " : "▼ ") + (event.begin ? begun : ended)), " ");
    if (event.key) {
      const link = make("a", "", event.name);
      link.href = linkOf(event.key);
      link.title = event.key;
      what.append(link);
    }
    if (event.seen) what.append(make("span", "seen", event.seen));
    const item = make("li", "", timeElement(event.at_ms), what);
    const lasted = event.begin ? [] : ["after " + duration((event.at_ms - event.since_ms) / 1000)];
    const detail = [...lasted, event.detail].filter(Boolean).join(", ");
    if (detail) item.append(make("span", "detail", detail));
    return item;
  }));
}

/**
 * Of what several sites see at the same time, one begin and, when it is over for all of them, one end; with `seen`, in
 * words, which sites, and `sites`. Takes and gives them newest first.
 */
export function mergeSites(events, model) {
  if (!model.sites.isThere) return events;
  const going = new Map(); // what is not over yet, by target and kind
  const merged = [];
  const put = (one, event) => {
    const sites = [...one.seen].sort();
    const seen = seenWords(sites, watchedIn(one.row).length);
    merged.push({ ...event, id: one.id, key: one.row.key, since_ms: one.since, sites, seen });
  };
  for (const event of [...events].sort((a, b) => a.at_ms - b.at_ms || a.number - b.number)) {
    const { row, site } = model.byId.get(event.id) ?? {};
    if (!row) {
      merged.push(event);
      continue;
    }
    const key = row.key + " " + event.kind;
    const one = going.get(key) ?? { row, id: event.id, since: event.since_ms, seen: new Set(), open: new Set() };
    going.set(key, one);
    one.since = Math.min(one.since, event.since_ms);
    one.seen.add(site);
    if (event.begin) {
      one.begin ??= event;
      one.open.add(site);
    } else {
      one.open.delete(site);
    }
    if (one.open.size && event.kind !== "address") continue;
    going.delete(key);
    if (one.begin) put(one, one.begin);
    if (!event.begin) put(one, event);
  }
  for (const one of going.values()) {
    // Others may see it since before the oldest event that is known here.
    for (const cell of watchedIn(one.row)) if (model.eventWords(cell).includes(one.begin.kind)) one.seen.add(cell.site);
    put(one, one.begin);
  }
  return merged.sort((a, b) => b.at_ms - a.at_ms);
}

/** From when to when each lasted, in seconds; those that go on end now. */
export function spansOf(events, now) {
  const spans = new Map();
  for (const event of [...events].reverse()) {
    const key = event.id + " " + event.kind + " " + event.since_ms;
    const isPoint = event.kind === "address";
    if (event.begin) {
      spans.set(key, { kind: event.kind, seen: event.seen, detail: event.detail, since: event.since_ms / 1000,
        end: isPoint ? event.since_ms / 1000 : now, isOpen: !isPoint });
    } else {
      const span = spans.get(key) ?? { kind: event.kind, seen: event.seen, detail: event.detail, since: event.since_ms / 1000 };
      spans.set(key, { ...span, end: event.at_ms / 1000, isOpen: false });
    }
  }
  return [...spans.values()];
}
