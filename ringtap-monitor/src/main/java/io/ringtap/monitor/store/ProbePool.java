package io.ringtap.monitor.store;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Chunks for probes, used again and again. The collector's thread takes them, the store's gives
/// them back.
final class ProbePool {
  private static final int MOST = 64; // 16 MB, half a million probes

  private final BlockingQueue<ProbeChunk> free = new ArrayBlockingQueue<>(MOST);
  private int made;

  ProbePool() {}

  /// An empty one; null if all are on their way.
  @Nullable ProbeChunk take() {
    ProbeChunk chunk = free.poll();
    if (chunk == null && made < MOST) {
      made++;
      chunk = new ProbeChunk();
    }
    return chunk;
  }

  void giveBack(List<ProbeChunk> chunks) {
    for (ProbeChunk chunk : chunks) {
      chunk.clear();
      free.add(chunk);
    }
    chunks.clear();
  }
}
