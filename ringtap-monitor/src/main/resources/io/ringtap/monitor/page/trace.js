// The routers on the way to a target, as they answer.

import * as api from "./api.js";
import { make, percent, rtt } from "./format.js";

export class TraceView {
  #abort = null;

  constructor(section, state, body, button) {
    Object.assign(this, { section, state, body, button });
  }

  async start(target) {
    this.stop();
    const abort = this.#abort = new AbortController();
    this.section.hidden = false;
    this.button.disabled = true;
    this.body.replaceChildren();
    this.state.textContent = "Asking the routers on the way to " + target.name + " …";
    try {
      await api.trace(target.key, line => { if (!abort.signal.aborted) this.#show(target, line); }, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.state.textContent = error.message;
    } finally {
      if (this.#abort === abort) this.button.disabled = false;
    }
  }

  stop() {
    this.#abort?.abort();
    this.#abort = null;
    this.section.hidden = true;
    this.button.disabled = false;
  }

  #show(target, report) {
    if (report.error) {
      this.state.textContent = report.error;
      return;
    }
    const reached = report.reached ? "has answered" : report.done ? "has not answered" : "has not answered yet";
    this.state.textContent = `${target.name} (${report.address}) ${reached}${report.done ? "." : " …"}`;
    this.body.replaceChildren(...report.hops.map(hop => {
      const remarks = [hop.silent && "answers nothing, but forwards", hop.rate_limited && "limits its answers"].filter(Boolean);
      return make("tr", "",
        make("td", "number", String(hop.ttl)), make("td", "", hop.routers.join(", ") || "*"),
        make("td", "number", percent(hop.lost, hop.lost + hop.answered)),
        make("td", "number", rtt(hop.last_ns)), make("td", "number", rtt(hop.median_ns)),
        make("td", "muted", remarks.join(", ")));
    }));
  }
}
