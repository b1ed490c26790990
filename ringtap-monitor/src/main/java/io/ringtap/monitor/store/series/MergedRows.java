package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Goes over the rows of several blocks at once, by rising targets, and adds up those of each.
final class MergedRows {
  private static final class Part {
    final BlockRef block;
    final BlockReader reader;
    boolean isThere;

    Part(BlockRef block, BlockReader reader) {
      this.block = block;
      this.reader = reader;
    }
  }

  private final Reading reading;
  private final List<Part> parts = new ArrayList<>();
  private final WindowSum sum = new WindowSum();
  private int id;

  MergedRows(Reading reading, List<BlockRef> blocks) throws IOException {
    this.reading = reading;
    for (BlockRef block : blocks) {
      Part part = new Part(block, new BlockReader());
      if (reading.open(block, part.reader)) {
        parts.add(part);
        step(part);
      }
    }
  }

  private void step(Part part) throws IOException {
    part.isThere = part.reader.next();
    if (!part.isThere) {
      reading.done(part.block, part.reader);
    }
  }

  /// Goes on to the next target.
  ///
  /// @return whether there is one
  boolean next() throws IOException {
    int least = Integer.MAX_VALUE;
    boolean isThere = false;
    for (Part part : parts) {
      if (part.isThere) {
        isThere = true;
        least = Math.min(least, part.reader.id());
      }
    }
    id = least;
    sum.clear();
    for (Part part : parts) {
      while (part.isThere && part.reader.id() == least) {
        sum.add(part.block.startSeconds(), part.reader.row());
        step(part);
      }
    }
    return isThere;
  }

  /// The target.
  int id() {
    return id;
  }

  /// What all its rows add up to, until the next one.
  WindowSum sum() {
    return sum;
  }
}
