package io.ringtap.savefile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packets of a file of one format, one after the other. The fields describe the current one.
abstract sealed class RecordReader permits PcapRecordReader, PcapngRecordReader {
  /// The most bytes of a record. No network has larger frames, so a greater length means that the
  /// file is damaged.
  static final int MAX_RECORD = 16 << 20;

  final SavefileInput input;
  final List<SavefileInterface> interfaces = new ArrayList<>();

  long recordOffset; // in the file
  long offset; // of the captured bytes in the input's memory
  int caplen;
  int origlen;
  long epochNanos;
  int interfaceId;
  int flags;

  RecordReader(SavefileInput input) {
    this.input = input;
  }

  /// Moves on to the next packet.
  ///
  /// @return false at the file's end
  abstract boolean next() throws IOException;

  abstract SavefileFormat format();

  /// The comment on the current packet.
  @Nullable String comment() {
    return null;
  }

  /// The comment on the current section.
  @Nullable String sectionComment() {
    return null;
  }

  /// The interface statistics read last.
  List<SavefileInterfaceStatistics> statistics() {
    return List.of();
  }
}
