package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.file.StreamChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Savefiles in memory, and their content.
final class Savefiles {
  static final SavefileInterface ETHERNET =
      new SavefileInterface("eth0", "to the lab", LinkType.ETHERNET, 262_144, "ip and udp");
  static final SavefileInterface COOKED = SavefileInterface.of(LinkType.LINUX_SLL2, 262_144);

  /// A packet as stored in a file.
  record StoredPacket(
      int interfaceId,
      long epochNanos,
      int flags,
      String frame,
      int origlen,
      @Nullable String comment) {}

  private Savefiles() {}

  static SavefileOptions options(SavefileFormat format) {
    return SavefileOptions.of(
        format, format == SavefileFormat.PCAPNG ? List.of(ETHERNET, COOKED) : List.of(ETHERNET));
  }

  /// The file that holds `packets`.
  static byte[] file(SavefileOptions options, List<StoredPacket> packets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (SavefileWriter writer = SavefileWriter.to(Channels.newChannel(bytes), "memory", options)) {
      for (StoredPacket each : packets) {
        write(writer, each);
      }
    }
    return bytes.toByteArray();
  }

  static void write(SavefileWriter writer, StoredPacket packet) throws IOException {
    byte[] frame = HexFormat.of().parseHex(packet.frame());
    // In the middle of a larger memory, like real packets.
    MemorySegment memory = MemorySegment.ofArray(new byte[frame.length + 7]);
    MemorySegment.copy(frame, 0, memory, JAVA_BYTE, 5, frame.length);
    if (packet.comment() == null) {
      writer.write(
          new MemoryFrame(
              LinkType.ETHERNET,
              memory,
              5,
              frame.length,
              packet.origlen(),
              packet.epochNanos(),
              packet.interfaceId()),
          packet.flags(),
          null);
    } else {
      writer.write(
          new MemoryFrame(
              LinkType.ETHERNET,
              memory,
              5,
              frame.length,
              packet.origlen(),
              packet.epochNanos(),
              packet.interfaceId()),
          packet.flags(),
          packet.comment());
    }
  }

  static SavefileReader reader(byte[] file) throws IOException {
    return reader(file, 1 << 12);
  }

  static SavefileReader reader(byte[] file, int windowBytes) throws IOException {
    return SavefileReader.of(
        new StreamChannel(new ByteArrayInputStream(file)), "x.pcap", windowBytes);
  }

  static List<StoredPacket> packets(byte[] file) throws IOException {
    List<StoredPacket> packets = new ArrayList<>();
    try (SavefileReader reader = reader(file)) {
      read(reader, packets);
    }
    return packets;
  }

  static void read(SavefileReader reader, List<StoredPacket> to) throws IOException {
    while (reader.next()) {
      to.add(stored(reader));
    }
  }

  static StoredPacket stored(SavefileReader reader) {
    byte[] frame = reader.memory().asSlice(reader.offset(), reader.caplen()).toArray(JAVA_BYTE);
    return new StoredPacket(
        reader.interfaceId(),
        reader.epochNanos(),
        reader.flags(),
        HexFormat.of().formatHex(frame),
        reader.origlen(),
        reader.comments().isEmpty() ? null : String.join("\n", reader.comments()));
  }

  /// Random packets that a file of `format` can store completely.
  static List<StoredPacket> random(SavefileFormat format, SplittableRandom random) {
    boolean blocks = format == SavefileFormat.PCAPNG;
    List<StoredPacket> packets = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      byte[] frame = new byte[random.nextInt(200)];
      random.nextBytes(frame);
      long stamp =
          blocks ? random.nextLong(Long.MAX_VALUE) : random.nextLong(1L << 32) * 1_000_000_000L;
      if (!blocks) {
        long fraction = random.nextLong(1_000_000_000L);
        stamp += format == SavefileFormat.PCAP_NANOS ? fraction : fraction / 1000 * 1000;
      }
      packets.add(
          new StoredPacket(
              blocks ? random.nextInt(2) : 0,
              stamp,
              blocks && random.nextBoolean() ? random.nextInt() : 0,
              HexFormat.of().formatHex(frame),
              frame.length + random.nextInt(2000),
              blocks && random.nextInt(4) == 0 ? "remark " + i : null));
    }
    return packets;
  }

  /// A packet of `bytes` bytes with a stamp of `second`.
  static StoredPacket at(long second, int bytes) {
    return new StoredPacket(0, second * 1_000_000_000L, 0, "ab".repeat(bytes), bytes, null);
  }
}
