package io.ringtap.system.print;

import io.ringtap.packet.LinkType;
import io.ringtap.testing.PacketBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A classic pcap file with microseconds, and what another tool prints of it. It is written here:
/// the printer's judge should not depend on the code that writes files.
public final class JudgedFile {
  private static final int MAX_SNAPLEN = 262_144;
  private static final int MICROS = 1_000_000; // a second

  private final PacketBytes bytes = PacketBytes.start().hex("a1b2c3d4 0002 0004 00000000 00000000");

  /// Begins a file of packets of one link type.
  public JudgedFile(LinkType linkType) {
    bytes.u32(MAX_SNAPLEN).u32(linkType.number());
  }

  /// Adds a packet.
  ///
  /// @param captured its first bytes
  public void add(long epochMicros, byte[] captured, int origlen) {
    bytes.u32(epochMicros / MICROS).u32(epochMicros % MICROS);
    bytes.u32(captured.length).u32(origlen).bytes(captured);
  }

  /// What a tool prints of the packets, with times in UTC.
  ///
  /// @param flags separated by spaces
  public String read(Path directory, String tool, String flags) throws IOException {
    Path file = Files.write(directory.resolve("judged.pcap"), bytes.toBytes());
    List<String> command = new ArrayList<>(List.of(tool, "-n", "-r", file.toString()));
    command.addAll(List.of(flags.split(" ", -1)));
    command.removeIf(String::isEmpty);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TZ", "UTC");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
