package io.ringtap.cli.pcap;

import io.ringtap.packet.LinkType;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.block.OptionCursor;
import io.ringtap.savefile.block.Pcapng;
import io.ringtap.savefile.block.PcapngBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a file holds, read from its first to its last block.
final class FileInfo {
  /// The longest time from one packet to the next.
  ///
  /// @param after the number of the packet before it
  record Pause(long nanos, long after) {}

  private final SavefileReader reader;
  private final List<Long> packetsByInterface = new ArrayList<>();
  private final Map<LinkType, Long> packetsByLinkType = new LinkedHashMap<>();
  private final Map<String, Long> otherBlocks = new TreeMap<>();
  private final OptionCursor options = new OptionCursor();
  private long packets;
  private long capturedBytes;
  private long originalBytes;
  private long cutPackets;
  private long commentedPackets;
  private long droppedBeforePackets;
  private long outOfOrder;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long previous;
  private int smallest = Integer.MAX_VALUE;
  private int largest;
  private long sections;
  private @Nullable Pause longestPause;
  private @Nullable String damage;

  private FileInfo(SavefileReader reader) {
    this.reader = reader;
  }

  /// Reads a file to its end, or to where it is damaged.
  static FileInfo of(SavefileReader reader) throws IOException {
    FileInfo info = new FileInfo(reader);
    try {
      while (reader.nextBlock()) {
        if (reader.isPacket()) {
          info.packet();
        } else {
          info.block(reader.block());
        }
      }
    } catch (MalformedSavefile e) {
      info.damage = e.getMessage();
    }
    return info;
  }

  private void packet() {
    packets++;
    int caplen = reader.caplen();
    long origlen = Integer.toUnsignedLong(reader.origlen());
    capturedBytes += caplen;
    originalBytes += origlen;
    cutPackets += caplen < origlen ? 1 : 0;
    smallest = Math.min(smallest, caplen);
    largest = Math.max(largest, caplen);
    packetsByLinkType.merge(reader.linkType(), 1L, Long::sum);
    int id = reader.interfaceId();
    while (packetsByInterface.size() <= id) {
      packetsByInterface.add(0L);
    }
    packetsByInterface.set(id, packetsByInterface.get(id) + 1);
    time(reader.epochNanos());
    if (reader.format() == SavefileFormat.PCAPNG) {
      options(reader.block());
    }
  }

  private void time(long stamp) {
    if (packets > 1) {
      long pause = stamp - previous;
      outOfOrder += pause < 0 ? 1 : 0;
      if (pause > 0 && (longestPause == null || pause > longestPause.nanos())) {
        longestPause = new Pause(pause, packets - 1);
      }
    }
    previous = stamp;
    first = Math.min(first, stamp);
    last = Math.max(last, stamp);
  }

  private void options(PcapngBlock packet) {
    boolean hasComment = false;
    packet.options(options);
    while (options.next()) {
      hasComment |= options.code() == Pcapng.OPT_COMMENT;
      if (options.is(Pcapng.EPB_DROPCOUNT, Long.BYTES)) {
        droppedBeforePackets += options.doubleWord();
      }
    }
    commentedPackets += hasComment ? 1 : 0;
  }

  private void block(PcapngBlock block) {
    switch (block.type()) {
      case Pcapng.SECTION_HEADER -> sections++;
      case Pcapng.INTERFACE_DESCRIPTION, Pcapng.INTERFACE_STATISTICS, Pcapng.FILLER -> {}
      case Pcapng.NAME_RESOLUTION -> count("names");
      case Pcapng.DECRYPTION_SECRETS -> count("secrets");
      case Pcapng.CUSTOM, Pcapng.CUSTOM_NOT_COPIED -> count("custom");
      case Pcapng.SYSTEMD_JOURNAL_EXPORT -> count("journal");
      default -> count("type " + Integer.toUnsignedString(block.type()));
    }
  }

  private void count(String kind) {
    otherBlocks.merge(kind, 1L, Long::sum);
  }

  SavefileReader reader() {
    return reader;
  }

  long packets() {
    return packets;
  }

  /// Bytes of packets in the file.
  long capturedBytes() {
    return capturedBytes;
  }

  /// Bytes that the packets had on the wire.
  long originalBytes() {
    return originalBytes;
  }

  /// Packets of which fewer bytes were captured than they had.
  long cutPackets() {
    return cutPackets;
  }

  long commentedPackets() {
    return commentedPackets;
  }

  /// The drops that packets report (`epb_dropcount`).
  long droppedBeforePackets() {
    return droppedBeforePackets;
  }

  /// Packets with an earlier stamp than the packet before them.
  long outOfOrder() {
    return outOfOrder;
  }

  /// The earliest stamp. There is one if there are packets.
  long first() {
    return first;
  }

  /// The latest stamp.
  long last() {
    return last;
  }

  /// The fewest and the most captured bytes of a packet.
  int smallest() {
    return packets == 0 ? 0 : smallest;
  }

  int largest() {
    return largest;
  }

  /// Sections of a pcapng file; 0 of a pcap file.
  long sections() {
    return sections;
  }

  @Nullable Pause longestPause() {
    return longestPause;
  }

  /// Where and how the file is damaged; null if it is not.
  @Nullable String damage() {
    return damage;
  }

  Map<LinkType, Long> packetsByLinkType() {
    return packetsByLinkType;
  }

  /// Blocks of other kinds than packets, interfaces and their statistics.
  Map<String, Long> otherBlocks() {
    return otherBlocks;
  }

  List<SavefileInterface> interfaces() {
    return reader.interfaces();
  }

  long packetsOf(int interfaceId) {
    return interfaceId < packetsByInterface.size() ? packetsByInterface.get(interfaceId) : 0;
  }

  @Nullable SavefileInterfaceStatistics statisticsOf(int interfaceId) {
    for (SavefileInterfaceStatistics each : reader.statistics()) {
      if (each.interfaceId() == interfaceId) {
        return each;
      }
    }
    return null;
  }
}
