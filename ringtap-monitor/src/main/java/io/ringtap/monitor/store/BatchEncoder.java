package io.ringtap.monitor.store;

import io.ringtap.monitor.store.Handover.Batch;
import io.ringtap.monitor.store.series.BlockWriter;
import io.ringtap.monitor.store.series.ProbeRows;
import io.ringtap.monitor.store.series.WindowSum;
import java.util.Arrays;

/// Makes blocks of what was heard. Its buffers stay for the next one.
final class BatchEncoder {
  private final ProbeRows.Fields fields = new ProbeRows.Fields();
  private int[] ends = {}; // by target: where its probes end in `order`
  private int[] order = {}; // chunk and index of each probe, by rising targets

  BatchEncoder() {}

  /// Makes a block of the windows, which come by rising targets.
  static void windows(Batch batch, BlockWriter block) {
    block.begin(batch.startSeconds, 0, 0);
    for (int i = 0; i < batch.count; i++) {
      WindowSum.write(block, batch.ids[i], batch.windows[i]);
    }
  }

  /// Makes a block of windows of a fleet.
  static void windows(Handover.Reported reported, BlockWriter block) {
    block.begin(reported.startSeconds(), 0, 0);
    reported.windows().forEach((id, window) -> WindowSum.write(block, id, window));
  }

  /// Makes a block of the probes, which come as they were heard.
  void probes(Batch batch, BlockWriter block) {
    sort(batch);
    block.begin(batch.startSeconds, 0, 0);
    ProbeRows rows = new ProbeRows(block);
    int at = 0;
    for (int id = 0; id < ends.length; id++) {
      int end = ends[id];
      if (end > at) {
        rows.begin(id, end - at);
        for (; at < end; at++) {
          int place = order[at];
          batch.probes.get(place / ProbeChunk.ROOM).read(place % ProbeChunk.ROOM, fields);
          rows.write(fields);
        }
        rows.end();
      }
    }
  }

  /// Sorts by target and keeps the order of each target's.
  private void sort(Batch batch) {
    int count = (int) batch.probeCount();
    if (order.length < count) {
      order = new int[count + count / 4];
    }
    Arrays.fill(ends, 0);
    for (ProbeChunk chunk : batch.probes) {
      for (int i = 0; i < chunk.count(); i++) {
        int id = chunk.id(i);
        if (id >= ends.length) {
          ends = Arrays.copyOf(ends, Math.max(id + 1, ends.length * 2));
        }
        ends[id]++;
      }
    }
    int begin = 0; // counts become places where each target's begin
    for (int id = 0; id < ends.length; id++) {
      int its = ends[id];
      ends[id] = begin;
      begin += its;
    }
    for (int c = 0; c < batch.probes.size(); c++) {
      ProbeChunk chunk = batch.probes.get(c);
      for (int i = 0; i < chunk.count(); i++) {
        order[ends[chunk.id(i)]++] = c * ProbeChunk.ROOM + i;
      }
    }
  }
}
