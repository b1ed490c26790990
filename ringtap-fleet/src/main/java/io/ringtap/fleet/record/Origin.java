package io.ringtap.fleet.record;

import io.ringtap.fleet.record.Fields.Malformed;
import tools.jackson.core.JsonGenerator;

/// Who has written a record. An agent numbers all that it has to deliver from 1 on in each run,
/// over all topics and partitions, so whoever reads all of them notices what is missing.
///
/// @param site where the agent is
/// @param agent its name, unique at its site
/// @param run when it was started, in milliseconds since the epoch
/// @param sequence the number of the record
/// @param generation of the site's consumer group, in which the agent had the target; 0 if it says
///   nothing. Where two agents of a site have probed a target at the same time, the one with the
///   higher generation is the one whose it was
public record Origin(String site, String agent, long run, long sequence, int generation) {
  static final long LATEST_MILLIS = 253_402_300_799_999L; // the year 9999

  /// Of a record that is not about a target.
  public Origin(String site, String agent, long run, long sequence) {
    this(site, agent, run, sequence, 0);
  }

  /// Checks the name of a site or an agent that a user has given.
  ///
  /// @return the name
  /// @throws IllegalArgumentException saying the right form
  public static String checkedName(String name) {
    if (!Fields.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a site or an agent: write up to 63 letters, digits, '.', '_' and '-'"
              .formatted(name));
    }
    return name;
  }

  /// Writes its fields.
  public void write(JsonGenerator json) {
    json.writeStringProperty("site", site);
    json.writeStringProperty("agent", agent);
    json.writeNumberProperty("run", run);
    json.writeNumberProperty("seq", sequence);
    if (generation != 0) {
      json.writeNumberProperty("generation", generation);
    }
  }

  static Origin read(Fields fields) throws Malformed {
    return new Origin(
        fields.name("site"),
        fields.name("agent"),
        fields.number("run", 0, LATEST_MILLIS),
        fields.number("seq", 1, Long.MAX_VALUE),
        (int) fields.number("generation", 0, Integer.MAX_VALUE, 0));
  }
}
