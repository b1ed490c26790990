package io.ringtap.monitor.target;

import io.ringtap.monitor.config.TargetSource;
import java.time.Duration;
import java.util.List;

/// A source that is read again and again, as the inventory's thread knows it.
final class WatchedSource {
  private static final Duration HTTP_PATIENCE = Duration.ofSeconds(30);

  final String text;
  final SourceReader reader;
  final long periodNanos;

  /// What it lists.
  List<Listed> listed = List.of();

  /// Whether it has been read at all.
  boolean isRead;

  /// Whether it is being read now.
  boolean isBusy;

  /// Whether it is to be read once more, whatever it looks like.
  boolean isForced;

  /// Whether the configuration does not name it any more.
  boolean isGone;

  /// How often its next reading has been planned: of all plans the last counts.
  long turn;

  long failures;
  List<String> problems = List.of();

  private WatchedSource(String text, SourceReader reader, long periodNanos) {
    this.text = text;
    this.reader = reader;
    this.periodNanos = periodNanos;
  }

  /// One that is to be read.
  ///
  /// @param filePeriodNanos how often files are looked at
  static WatchedSource of(TargetSource source, long filePeriodNanos) {
    return switch (source) {
      case TargetSource.Written(String text, _, _) -> throw new IllegalArgumentException(text);
      case TargetSource.ListFile(var file) ->
          new WatchedSource(file.toString(), FileSource.ofList(file), filePeriodNanos);
      case TargetSource.FileSd(var pattern) ->
          new WatchedSource(pattern.toString(), FileSource.ofFileSd(pattern), filePeriodNanos);
      case TargetSource.HttpSd(var uri, var refresh) ->
          new WatchedSource(
              HttpSource.nameOf(uri),
              new HttpSource(uri, refresh, HTTP_PATIENCE),
              refresh.toNanos());
    };
  }

  SourceStatus status() {
    return new SourceStatus(text, listed.size(), failures, problems);
  }
}
