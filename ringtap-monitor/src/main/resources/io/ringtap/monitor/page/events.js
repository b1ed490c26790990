// What has happened, as a list and as spans along a plot.

import { duration, make, refill, timeElement } from "./format.js";

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
    const item = make("li", "", timeElement(event.at_ms), what);
    const lasted = event.begin ? [] : ["after " + duration((event.at_ms - event.since_ms) / 1000)];
    const detail = [...lasted, event.detail].filter(Boolean).join(", ");
    if (detail) item.append(make("span", "detail", detail));
    return item;
  }));
}

/** From when to when each lasted, in seconds; those that go on end now. */
export function spansOf(events, now) {
  const spans = new Map();
  for (const event of [...events].reverse()) {
    const key = event.id + " " + event.kind + " " + event.since_ms;
    const isPoint = event.kind === "address";
    if (event.begin) {
      spans.set(key, { kind: event.kind, detail: event.detail, since: event.since_ms / 1000,
        end: isPoint ? event.since_ms / 1000 : now, isOpen: !isPoint });
    } else {
      const span = spans.get(key) ?? { kind: event.kind, detail: event.detail, since: event.since_ms / 1000 };
      spans.set(key, { ...span, end: event.at_ms / 1000, isOpen: false });
    }
  }
  return [...spans.values()];
}
