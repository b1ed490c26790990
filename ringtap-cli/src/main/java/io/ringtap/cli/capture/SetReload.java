package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.FilterPlace;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.Notices;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the sets in a filter's files again while a capture runs, when the files have changed
/// (`--reload-sets`). A file that is written in place is read once it has not changed for as long
/// as it takes to look twice.
final class SetReload implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;

  /// What tells one content of a file from another.
  private record Stamp(@Nullable Object file, FileTime changed, long bytes) {
    static @Nullable Stamp of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
      } catch (IOException _) {
        return null; // it is being replaced, or gone
      }
    }
  }

  private final CaptureFilter filter;
  private final List<Path> files;
  private final Messages messages;
  private List<@Nullable Stamp> known; // of what the filter in force was made of
  private @Nullable Thread thread;

  private SetReload(CaptureFilter filter, List<Path> files, Messages messages) {
    this.filter = filter;
    this.files = files;
    this.messages = messages;
    this.known = stamps();
  }

  /// Notes what the files are before the filter is made of them.
  ///
  /// @throws BadArgument if the filter has no sets from files
  static SetReload of(@Nullable CaptureFilter filter, Messages messages) throws BadArgument {
    if (filter instanceof CaptureFilter.Expression expression) {
      List<Path> files = FilterCompiler.setFiles(expression.text()).stream().map(Path::of).toList();
      if (!files.isEmpty()) {
        return new SetReload(filter, files, messages);
      }
    }
    throw new BadArgument(
        "--reload-sets is about sets from files, as 'host in FILE', and the filter has none");
  }

  /// Looks after the files from now on.
  ///
  /// @param capture one that has started
  void begin(Capture capture) {
    thread = Thread.ofPlatform().daemon().name("ringtap-sets").start(() -> watch(capture));
  }

  private void watch(Capture capture) {
    List<@Nullable Stamp> before = known;
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        List<@Nullable Stamp> now = stamps();
        if (now.equals(before) && !now.equals(known) && now.stream().allMatch(Objects::nonNull)) {
          known = now;
          replace(capture);
        }
        before = now;
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private List<@Nullable Stamp> stamps() {
    List<@Nullable Stamp> stamps = new ArrayList<>();
    files.forEach(file -> stamps.add(Stamp.of(file)));
    return stamps;
  }

  private void replace(Capture capture) {
    FilterPlace place = capture.filterPlace();
    try {
      capture.replaceFilter(filter);
    } catch (FilterException | IOException e) {
      messages.print("the sets have changed, and the old ones stay: " + e.getMessage());
      return;
    }
    messages.print("the sets have changed: packets are filtered by the new ones");
    String notice = capture.filterPlace() == place ? null : Notices.of(capture.filterPlace());
    if (notice != null) {
      messages.print(notice);
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    boolean wasInterrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException _) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
