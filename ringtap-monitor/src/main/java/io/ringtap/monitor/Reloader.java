package io.ringtap.monitor;

import io.ringtap.monitor.config.ConfigFile;
import io.ringtap.monitor.config.ConfigFile.Reading;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.target.FileWatch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Reads the configuration again: when it is asked to, and when its file has changed. One that is
/// not right changes nothing. Any thread may use it.
public final class Reloader implements AutoCloseable {
  /// Who is to do what a configuration says.
  @FunctionalInterface
  public interface Taker {
    /// Takes another configuration.
    ///
    /// @throws IllegalArgumentException if that cannot be; the one before goes on. The message is
    ///   one line
    void take(MonitorConfig config);
  }

  private static final Logger LOG = System.getLogger("io.ringtap.monitor");
  private static final long PERIOD_SECONDS = 2;

  private final Path file;
  private final Function<Path, Reading> reader;
  private final Taker taker;
  private final InstantSource clock;
  private final FileWatch watch;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ringtap-reload").factory());
  private volatile ReloadStatus status;

  /// For a configuration that has just been read and taken.
  public Reloader(Path file, Taker taker, InstantSource clock) {
    this(file, ConfigFile::read, taker, clock);
  }

  /// @param reader reads the file
  Reloader(Path file, Function<Path, Reading> reader, Taker taker, InstantSource clock) {
    this.file = file;
    this.reader = reader;
    this.taker = taker;
    this.clock = clock;
    this.watch = new FileWatch(file);
    boolean _ = watch.look(true);
    status = new ReloadStatus(clock.instant(), true, List.of(), 0, 0);
  }

  /// From now on a change of the file is enough.
  public void start() {
    ScheduledFuture<?> _ =
        looking.scheduleWithFixedDelay(
            this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /// What became of the last attempt.
  public ReloadStatus status() {
    return status;
  }

  /// Reads the file now, and takes it if it is right.
  public synchronized ReloadStatus reload() {
    boolean _ = watch.look(true);
    return read();
  }

  /// Reads the file if it has changed and stands still.
  synchronized void look() {
    try {
      if (watch.look(false)) {
        ReloadStatus _ = read();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, file + " could not be read again", e); // it is looked at nevertheless
    }
  }

  private ReloadStatus read() {
    List<String> mistakes;
    try {
      mistakes =
          switch (reader.apply(file)) {
            case Reading.Valid(MonitorConfig config) -> {
              taker.take(config);
              yield List.of();
            }
            case Reading.Invalid(var all) -> all.stream().map(Object::toString).toList();
          };
    } catch (IllegalArgumentException e) {
      mistakes = List.of(file + ": " + e.getMessage());
    }
    ReloadStatus last = status;
    boolean isOk = mistakes.isEmpty();
    status =
        new ReloadStatus(
            clock.instant(),
            isOk,
            mistakes,
            last.reloads() + (isOk ? 1 : 0),
            last.failures() + (isOk ? 0 : 1));
    if (isOk) {
      LOG.log(Level.INFO, file + " was read again and taken");
    } else {
      mistakes.forEach(mistake -> LOG.log(Level.ERROR, mistake));
      LOG.log(Level.ERROR, file + " was not taken, and nothing is changed");
    }
    return status;
  }

  /// Looks at the file no more.
  @Override
  public void close() {
    looking.shutdownNow();
  }
}
