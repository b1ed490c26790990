package io.ringtap.monitor.store;

import io.ringtap.monitor.window.Window;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;

/// Takes windows into the history of a fleet that others have counted, and keeps marks: how far
/// whoever brings them has come. After a crash the store has what was in it at the last marks, no
/// more and no less, so who goes on from them brings each window once. One thread uses it.
public final class Reports {
  private final StoreWriter writer;
  private final Map<String, byte[]> marks;

  Reports(StoreWriter writer, Map<String, byte[]> marks) {
    this.writer = writer;
    this.marks = marks;
  }

  /// The marks with which the store was opened, by their names.
  public Map<String, byte[]> marks() {
    return new HashMap<>(marks);
  }

  /// Writes windows that began at one time, and waits for it. Windows of that time that were
  /// written before stay; whoever reads gets both added up.
  ///
  /// @param windows by the numbers of their targets
  /// @param isLate whether windows that began later, or at this time, have been written before
  /// @return whether that worked; if not, nothing of them is written, and it may be tried again
  public boolean append(long startSeconds, NavigableMap<Integer, Window> windows, boolean isLate)
      throws InterruptedException {
    return answer(done -> new Handover.Reported(startSeconds, windows, isLate, done));
  }

  /// Waits until all that was appended before, and the events told before, are on the disk, and
  /// then keeps marks.
  ///
  /// @param changed by their names; others stay as they are
  /// @return whether that worked; if not, all marks are as they were
  public boolean mark(Map<String, byte[]> changed) throws InterruptedException {
    return answer(done -> new Handover.Marks(changed, done));
  }

  private interface Request {
    Handover with(CompletableFuture<Boolean> done);
  }

  private boolean answer(Request request) throws InterruptedException {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    writer.put(request.with(done));
    return writer.await(done);
  }

  /// The store's own mark.
  ///
  /// @param blocks of [Series#marks][io.ringtap.monitor.store.series.Series#marks]
  /// @param lastEvent the number of the last event
  static byte[] ownMark(long[] blocks, long lastEvent) {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(blocks[0])
        .putLong(blocks[1])
        .putLong(lastEvent)
        .array();
  }

  /// The name of [#ownMark].
  static final String OWN = "store";
}
