package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import tools.jackson.core.JsonGenerator;

/// One try of one agent at a part of a job. If an agent dies, the part is tried again from its
/// beginning, by another one, with a higher number.
///
/// @param number of the part, from 0
/// @param attempt of the tries, from 1
public record Part(int number, int attempt) {
  /// The most parts of a job.
  public static final int MOST = 1 << 24;

  /// The most tries.
  public static final int MOST_ATTEMPTS = 100;

  void write(JsonGenerator json) {
    json.writeNumberProperty("part", number);
    json.writeNumberProperty("attempt", attempt);
  }

  static Part read(Fields fields) throws Malformed {
    return new Part(
        (int) fields.number("part", 0, MOST - 1L),
        (int) fields.number("attempt", 1, MOST_ATTEMPTS));
  }
}
