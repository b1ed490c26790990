package io.ringtap.savefile;

import io.ringtap.savefile.block.PcapngBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The packets of a file of one format, one after the other, and what stands between them. The
/// fields describe the current one.
abstract sealed class RecordReader permits PcapRecordReader, PcapngRecordReader {
  /// The most bytes of a record. No network has larger frames, so a greater length means that the
  /// file is damaged.
  static final int MAX_RECORD = 16 << 20;

  final SavefileInput input;
  final List<SavefileInterface> interfaces = new ArrayList<>();

  boolean isPacket; // or another block
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

  /// Moves on to the next packet, or to what stands before it.
  ///
  /// @param packetsOnly passes over all else
  /// @return false at the file's end
  abstract boolean next(boolean packetsOnly) throws IOException;

  /// Whether the next step needs no byte that has not been read from the source.
  abstract boolean isNextAtHand();

  abstract SavefileFormat format();

  /// All bytes of the current record or block in the file.
  abstract long recordBytes();

  /// The current block of a pcapng file.
  PcapngBlock block() {
    throw new IllegalStateException("a pcap file has no blocks");
  }

  /// The kernel's number of the current packet's interface; 0 if it is not known.
  int interfaceIndex() {
    return 0;
  }

  /// The comments on the current packet.
  List<String> comments() {
    return List.of();
  }

  /// What the file says of the current section.
  SavefileSection section() {
    return SavefileSection.NONE;
  }

  /// The interface statistics read last.
  List<SavefileInterfaceStatistics> statistics() {
    return List.of();
  }
}
