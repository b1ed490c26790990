package io.ringtap.monitor.config;

import io.ringtap.monitor.config.yaml.Form;
import io.ringtap.monitor.config.yaml.Mistake;
import io.ringtap.monitor.config.yaml.Section;
import io.ringtap.monitor.config.yaml.Values;
import java.nio.file.Path;
import java.time.Duration;

/// Reads `store:`.
final class StoreReader {
  private static final long SMALLEST = 10_000_000;
  private static final Form<Duration> AGE =
      text -> Values.duration(text, Duration.ZERO, Duration.ofDays(100 * 365));

  private StoreReader() {}

  /// @param folder what relative paths are relative to
  static StoreConfig read(Section section, Path folder) {
    StoreConfig base = StoreConfig.DEFAULT;
    StoreConfig store =
        new StoreConfig(
            section.value("path", text -> Places.path(folder, text)),
            section.value("size", base.maxBytes(), StoreReader::size),
            section.value("raw", base.raw(), AGE),
            section.value("ten_seconds", base.tenSeconds(), AGE),
            section.value("minutes", base.minutes(), AGE),
            section.value("hours", base.hours(), AGE));
    section.end();
    return store;
  }

  private static long size(String text) {
    long bytes = Values.size(text);
    if (bytes < SMALLEST) {
      throw new IllegalArgumentException(
          Mistake.quoted(text) + " is too small; a store needs 10MB at least");
    }
    return bytes;
  }
}
