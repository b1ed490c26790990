package io.ringtap.monitor.store.series;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of a series file: `10s-000000004711-20261130T040000Z.series`.
///
/// @param tier the word of its tier
/// @param sequence the number of its first block
/// @param startSeconds when its first block begins, in seconds since the epoch
record SeriesName(String tier, long sequence, long startSeconds) {
  static final String SUFFIX = ".series";

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9]+)-([0-9]{12,18})-([0-9]{8}T[0-9]{6}Z)\\.series");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  /// What a name says; null if it is no name of a series file.
  static @Nullable SeriesName parse(String name) {
    Matcher parts = FORM.matcher(name);
    if (!parts.matches()) {
      return null;
    }
    try {
      Instant start = TIME.parse(parts.group(3), Instant::from);
      return new SeriesName(parts.group(1), Long.parseLong(parts.group(2)), start.getEpochSecond());
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "%s-%012d-%s%s"
        .formatted(tier, sequence, TIME.format(Instant.ofEpochSecond(startSeconds)), SUFFIX);
  }
}
