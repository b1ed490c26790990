// Begins the page: what the address says is shown, and what the viewer wants goes into the address.

import * as api from "./api.js";
import { nextTheme, onTheme, setTheme, theme } from "./colours.js";
import { bytes, clock, count, duration, make, timeElement } from "./format.js";
import { Model, worst } from "./model.js";
import { Overview } from "./overview.js";
import { RANGES, TargetView } from "./target.js";

const STATUS_MILLIS = 10000;
const RELOAD_MILLIS = 5000; // addresses may change often where there are many
const OWN_LOSS_MILLIS = 300000; // how long it is told
const THEME_WORDS = { auto: "as the system has it", light: "light", dark: "dark" };
const THEME_SIGNS = { auto: "◐", light: "☀", dark: "☾" };
const byId = id => document.getElementById(id);

const model = new Model();
const linkOf = key => "#" + new URLSearchParams({ t: key });
const overview = new Overview(model, {
  linkOf,
  onFilter: change => go({ ...state, ...change }, true),
  onOpen: target => { location.hash = linkOf(target.row?.key ?? target.key); },
});
const view = new TargetView(model, { linkOf, onState: (change, isMinor) => go({ ...state, ...change }, isMinor) });
const live = new api.Live(load, rows, connection);
let state = read();
let lastOverview = "#";
let loadedAt = 0;

/** What the address says. */
function read() {
  const query = new URLSearchParams(location.hash.slice(1));
  return {
    keys: query.getAll("t"), range: query.get("range") ?? "", from: Number(query.get("from")) || 0, to: Number(query.get("to")) || 0,
    scale: ["full", "log"].includes(query.get("scale")) ? query.get("scale") : "fit",
    off: query.getAll("off"), text: query.get("q") ?? "", kind: query.get("state") ?? "", group: query.get("group") ?? "",
  };
}

function write(wanted) {
  const query = new URLSearchParams();
  const put = (name, value) => { if (value) query.append(name, value); };
  if (wanted.keys.length) {
    for (const key of wanted.keys) query.append("t", key);
    put("range", wanted.range);
    put("from", wanted.from);
    put("to", wanted.to);
    put("scale", wanted.scale === "fit" ? "" : wanted.scale);
    for (const site of wanted.off) put("off", site);
  } else {
    put("q", wanted.text);
    put("state", wanted.kind);
    put("group", wanted.group);
  }
  return "#" + query;
}

/** Shows something else, and lets the address say so. */
function go(wanted, isMinor = false) {
  const hash = write(wanted);
  if (isMinor) history.replaceState(null, "", hash); else history.pushState(null, "", hash);
  route();
}

function route() {
  const before = state;
  state = read();
  const isTarget = state.keys.length > 0;
  byId("overview").hidden = isTarget;
  byId("target").hidden = !isTarget;
  if (isTarget) {
    overview.leave();
    byId("back").href = lastOverview;
    if (!before.keys.length) scrollTo(0, 0);
    view.show(state);
  } else {
    lastOverview = write(state);
    view.leave();
    document.title = "Ringtap monitor";
    if (document.activeElement !== byId("search")) byId("search").value = state.text;
    overview.filter(state);
    overview.updateEvents();
  }
  live.watch(view.ids());
}

async function load() {
  const answer = await api.get("overview");
  loadedAt = Date.now();
  model.replace(answer);
  byId("sites-key").hidden = !model.sites.isThere;
  route();
  showStatus();
  return answer.version;
}

function rows(message) {
  const { changed, isOther } = model.apply(message);
  if (isOther && Date.now() - loadedAt > RELOAD_MILLIS) {
    live.start();
    return;
  }
  if (state.keys.length) {
    view.update();
  } else {
    overview.update(changed);
    overview.updateEvents();
  }
}

function connection(isLive, since) {
  const element = byId("live");
  const text = isLive ? "live" : "not live since " + clock(new Date(since)) + ", trying again";
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("off", !isLive);
  document.body.classList.toggle("stale", !isLive);
}

async function showStatus() {
  const status = await api.get("status");
  const banners = [];
  if (status.reload_error) banners.push(banner("bad", "Configuration not in force", status.reload_error));
  if (status.store_trouble) banners.push(banner("bad", "History is not written", status.store_trouble));
  if (status.own_latest_ms && model.now() - status.own_latest_ms < OWN_LOSS_MILLIS) {
    banners.push(banner("", "This machine falls behind", `${count(status.own_dropped)} outcomes are unknown since it may have dropped `
      + `the answers, and ${count(status.own_unsent)} probes were not sent. They count as no loss of any target.`));
  }
  if (status.own_missed) {
    banners.push(banner("", "This monitor was too slow", `${count(status.own_missed)} outcomes are in no count of any target.`));
  }
  const box = byId("banners");
  const text = banners.map(one => one.textContent).join("");
  if (box.textContent !== text || box.children.length !== banners.length) box.replaceChildren(...banners);
  const lost = status.store_windows_lost + status.store_probes_lost;
  byId("status").replaceChildren(make("span", "", "Ringtap " + status.version),
    make("span", "", "up ", timeElement(status.started_s * 1000, duration(model.now() / 1000 - status.started_s))),
    make("span", "", "history " + bytes(status.store_bytes) + (lost ? ", " + count(lost) + " records not written" : "")),
    make("span", "", count(status.own_dropped + status.own_unsent + status.own_missed) + " probes lost by this machine"));
}

const banner = (className, title, text) => make("div", "banner " + className, make("strong", "", title), make("span", "", text));

function showTheme() {
  byId("theme").textContent = THEME_SIGNS[theme()];
  byId("theme").setAttribute("aria-label", "Theme: " + THEME_WORDS[theme()]);
}

const KEYS = {
  "/": () => byId("search").select(),
  "?": () => byId("help").showModal(),
  d: changeTheme,
  w: () => { const [first] = worst(model.targets, 1); if (first) location.hash = linkOf(first.row?.key ?? first.key); },
};
const TARGET_KEYS = {
  "[": () => view.shift(-1), "]": () => view.shift(1), "-": () => view.zoomOut(),
  o: () => byId("add").focus(), s: () => document.querySelector("#plot-legend button")?.focus(), t: () => view.startTrace(),
  Escape: () => { location.hash = lastOverview; },
};
RANGES.forEach(([range], i) => { TARGET_KEYS[i + 1] = () => view.range(range); });

function changeTheme() {
  nextTheme();
  try { localStorage.setItem("theme", theme()); } catch { /* it lasts as long as the page, then */ }
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey || byId("help").open) return;
  if (event.target.matches("input, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const action = (state.keys.length ? TARGET_KEYS[event.key] : undefined) ?? KEYS[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});

byId("search").addEventListener("input", event => {
  go({ ...state, keys: [], text: event.target.value }, state.keys.length === 0);
});
byId("search").addEventListener("keydown", event => {
  if (event.key === "Escape") {
    event.target.value = "";
    go({ ...state, keys: [], text: "" }, true);
  } else if (event.key === "Enter" || event.key === "ArrowDown") {
    event.preventDefault();
    byId("grid").focus();
    overview.grid.focusOn(0);
  }
});
byId("theme").addEventListener("click", changeTheme);
byId("help-button").addEventListener("click", () => byId("help").showModal());
addEventListener("hashchange", route);

let stored = null;
try { stored = localStorage.getItem("theme"); } catch { /* there is none */ }
setTheme(stored);
showTheme();
onTheme(() => { showTheme(); overview.redraw(); view.redraw(); });
setInterval(() => showStatus().catch(() => {}), STATUS_MILLIS);
live.start();
