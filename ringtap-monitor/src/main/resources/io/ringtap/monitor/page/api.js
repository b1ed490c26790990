// What is asked of the server.

const QUIET_MILLIS = 5000; // the server says something each second
const LONGEST_WAIT = 10000;
const MOST_TARGETS = 16; // in one request

export async function get(path, parameters = {}, signal) {
  const response = await fetch(address(path, parameters), { signal });
  if (!response.ok) throw new Error((await response.text()).trim() || "status " + response.status);
  return response.json();
}

/** Asks for so many targets at once as the server answers, and gives all answers. */
export function getOf(targets, path, parameters, signal) {
  const parts = [];
  for (let i = 0; i < targets.length; i += MOST_TARGETS) parts.push(targets.slice(i, i + MOST_TARGETS));
  return Promise.all(parts.map(target => get(path, { target, ...parameters }, signal)));
}

function address(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) query.append(name, one);
  }
  return "api/" + path + (query.size ? "?" + query : "");
}

/** Follows a trace; each line of the answer goes to the listener. */
export async function trace(target, listener, signal) {
  const response = await fetch(address("trace", { target }),
    { method: "POST", headers: { "X-Ringtap": "trace" }, signal });
  if (!response.ok) throw new Error((await response.text()).trim());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (text + value).split("\n");
    text = lines.pop();
    for (const line of lines) listener(JSON.parse(line));
  }
}

/**
 * Holds a stream of changes open. Each time it has to begin anew, all is loaded first, so nothing
 * is missed.
 */
export class Live {
  #source = null;
  #timer = 0;
  #wait = 1000;
  #watched = [];
  #version = 0;
  #lostAt = 0;

  /** @param load gives the version to go on from; @param onRows hears of changes; @param onState of the connection */
  constructor(load, onRows, onState) {
    this.load = load;
    this.onRows = onRows;
    this.onState = onState;
  }

  async start() {
    clearTimeout(this.#timer);
    try {
      this.#version = await this.load();
      this.#open();
    } catch {
      this.#lost();
    }
  }

  /** Targets of which each change is wanted; of more than the server takes, of the first. */
  watch(all) {
    const ids = all.slice(0, MOST_TARGETS);
    if (ids.join() === this.#watched.join()) return;
    this.#watched = ids;
    if (this.#source) this.#open();
  }

  #open() {
    this.#source?.close();
    const source = this.#source = new EventSource(address("live", { version: this.#version, watch: this.#watched }));
    source.addEventListener("rows", event => {
      if (source !== this.#source) return;
      const message = JSON.parse(event.data);
      this.#version = message.version;
      this.#wait = 1000;
      this.#lostAt = 0;
      this.#expect();
      this.onState(true, 0);
      this.onRows(message);
    });
    source.addEventListener("error", () => { if (source === this.#source) this.#lost(); });
    this.#expect();
  }

  #expect() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lost(), QUIET_MILLIS);
  }

  #lost() {
    this.#source?.close();
    this.#source = null;
    this.#lostAt ||= Date.now();
    this.onState(false, this.#lostAt);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.start(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }
}
