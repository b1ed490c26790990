package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import tools.jackson.core.JsonGenerator;

/// An agent, as jobs know it.
///
/// @param site where it is
/// @param agent its name, unique at its site
/// @param run when it was started, in milliseconds since the epoch: after a restart it knows
///   nothing of what it was given before
public record Worker(String site, String agent, long run) {
  private static final long LATEST = 253_402_300_799_999L; // the year 9999

  /// Its name for people.
  @Override
  public String toString() {
    return site + "/" + agent;
  }

  void write(JsonGenerator json) {
    json.writeStringProperty("site", site);
    json.writeStringProperty("agent", agent);
    json.writeNumberProperty("run", run);
  }

  static Worker read(Fields fields) throws Malformed {
    return new Worker(fields.name("site"), fields.name("agent"), fields.number("run", 0, LATEST));
  }
}
