package io.ringtap.fleet.reader;

import io.ringtap.monitor.RunningMonitor;
import io.ringtap.monitor.SitesMonitor;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.tui.Look;
import io.ringtap.monitor.tui.MonitorView;
import java.io.IOException;
import java.util.function.Consumer;

/// A monitor of a fleet: it shows, keeps and tells what all sites have probed, which it reads from
/// the fleet's topics.
public final class FleetMonitor implements RunningMonitor {
  private final Reader reader;
  private final SitesMonitor monitor;

  private FleetMonitor(Reader reader) {
    this.reader = reader;
    this.monitor = reader.monitor();
  }

  /// Opens one, reads who is watched, and starts it.
  ///
  /// @param events called for each new event, on the reader's thread
  /// @param onFailure hears of an error in this program after which nothing is read any more
  /// @throws IllegalArgumentException if something in the configuration cannot be done; the message
  ///   is one line
  /// @throws IOException if the system or the broker refuses what is needed; the message is one
  ///   line
  public static FleetMonitor open(
      ReaderSetup setup, EventListener events, Consumer<Throwable> onFailure)
      throws IOException, InterruptedException {
    return new FleetMonitor(Reader.start(setup, events, onFailure));
  }

  @Override
  public void reload() {
    monitor.reload();
  }

  @Override
  public MonitorView view(Look look) {
    return monitor.view(look);
  }

  @Override
  public String uri() {
    return monitor.uri();
  }

  @Override
  public String extent() {
    return reader.extent();
  }

  @Override
  public boolean lacksRawSockets() {
    return false;
  }

  @Override
  public void close() {
    reader.close();
  }
}
