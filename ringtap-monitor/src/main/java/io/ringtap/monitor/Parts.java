package io.ringtap.monitor;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/// Parts that are closed together, the last that was opened first.
final class Parts implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor");

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  Parts() {}

  /// Has something closed with the others, before all that was opened before.
  <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.log(Level.ERROR, "not closed in order: " + e);
      }
    }
  }
}
