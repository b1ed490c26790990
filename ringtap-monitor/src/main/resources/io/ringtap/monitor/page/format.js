// Numbers with their units, and times in the viewer's zone.

const NO_VALUE = "–";
const GAP = "\u202f"; // narrow, and no line breaks there

/** Three digits that count; null and negative values are none. */
export function rtt(nanos) {
  if (nanos == null || nanos < 0) return NO_VALUE;
  const ms = nanos / 1e6;
  if (ms >= 9999.5) return (ms / 1000).toFixed(1) + GAP + "s";
  const digits = ms >= 99.95 ? 0 : ms >= 9.995 ? 1 : ms >= 0.9995 ? 2 : 3;
  return ms.toFixed(digits) + GAP + "ms";
}

export const rttOfMicros = micros => rtt(micros < 0 ? -1 : micros * 1000);

/** A part of all in per cent; never rounded to none, nor to all. */
export function percent(part, all) {
  if (!all) return NO_VALUE;
  const value = 100 * part / all;
  let text = value.toFixed(value === 0 || value === 100 ? 0 : value < 0.995 ? 2 : value < 9.95 ? 1 : 0);
  if (text === "100" && part < all) text = "99.9";
  if (text === "0.00") text = "0.01";
  return text + GAP + "%";
}

export const count = number => number.toLocaleString("en").replaceAll(",", GAP);

export function bytes(number) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = number;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return (unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)) + GAP + units[unit];
}

export function duration(seconds) {
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const first = parts.findIndex(([length]) => seconds >= length);
  if (first < 0) return "0" + GAP + "s";
  const [length, unit] = parts[first];
  let text = Math.floor(seconds / length) + GAP + unit;
  const rest = seconds % length;
  if (first < 3 && rest >= parts[first + 1][0]) {
    text += " " + Math.floor(rest / parts[first + 1][0]) + GAP + parts[first + 1][1];
  }
  return text;
}

const two = number => String(number).padStart(2, "0");

export function clock(date, withSeconds = true) {
  return two(date.getHours()) + ":" + two(date.getMinutes()) + (withSeconds ? ":" + two(date.getSeconds()) : "");
}

export const day = date => date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());

/** The time of today, or the day and the time. */
export function when(millis, now = Date.now()) {
  const date = new Date(millis);
  return day(date) === day(new Date(now)) ? clock(date) : day(date) + " " + clock(date, false);
}

/** An element that shows a time, with all of it in its tooltip. */
export function timeElement(millis, text = when(millis)) {
  const element = document.createElement("time");
  element.dateTime = element.title = new Date(millis).toISOString();
  element.textContent = text;
  return element;
}

/** Puts other content into an element; what has the focus keeps it, if it is there again. */
export function refill(element, content) {
  const focused = element.contains(document.activeElement) ? identity(document.activeElement) : null;
  element.replaceChildren(...content);
  if (focused) [...element.querySelectorAll("a, button")].find(one => identity(one) === focused)?.focus();
}

const identity = element => element.dataset.identity ?? element.getAttribute("href") ?? element.getAttribute("aria-label");

/** An element with a class, text and children; text is never taken for markup. */
export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}
