package io.ringtap.monitor;

import io.ringtap.monitor.tui.Look;
import io.ringtap.monitor.tui.MonitorView;

/// A monitor that runs, wherever what it shows comes from.
public interface RunningMonitor extends AutoCloseable {
  /// Reads the configuration again, if it was in a file.
  void reload();

  /// What a terminal shows of it.
  MonitorView view(Look look);

  /// Where the page is.
  String uri();

  /// How many targets are watched, in words.
  String extent() throws InterruptedException;

  /// Whether raw sockets were wanted where they are permitted, and are not.
  boolean lacksRawSockets();

  /// Ends it in order.
  @Override
  void close();
}
