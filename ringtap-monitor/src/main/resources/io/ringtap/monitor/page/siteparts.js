// What a target's page has where it is watched from several sites.

import { make } from "./format.js";
import { KIND_WORDS, KINDS } from "./model.js";
import { seenWords, watchedIn } from "./sites.js";

/** Who sees a target as what, the worst first, and what is the same for all. */
export function rowFacts(row) {
  const watched = watchedIn(row);
  const [{ address, labels }] = watched;
  const kinds = KINDS.filter(kind => watched.some(cell => cell.kind === kind)).map(kind => {
    const seen = watched.filter(cell => cell.kind === kind).map(cell => cell.site);
    return make("span", "pill " + kind, [KIND_WORDS[kind], seenWords(seen, watched.length)].filter(Boolean).join(": "));
  });
  const others = Object.entries(labels).filter(([name]) => name !== "site").map(([name, value]) => name + "=" + value);
  return [...kinds, ...[address || "no address yet", row.group, ...others].map(text => make("span", "tag", text))];
}

/** Leads from what one site sees of a target to what all do. */
export function allSites(address) {
  const link = make("a", "", "all sites");
  link.href = address;
  return link;
}

/** A button that takes what a site sees out of the plot, and puts it in again. */
export function siteSwitch({ label, colour, isOff, now }, onClick) {
  const swatch = make("span", "swatch");
  swatch.style.background = colour;
  const button = make("button", "site", swatch, make("b", "", label), make("span", "", now));
  button.type = "button";
  button.dataset.identity = label;
  button.setAttribute("aria-pressed", String(!isOff));
  button.title = (isOff ? "Show " : "Hide ") + label;
  button.addEventListener("click", onClick);
  return button;
}
