package io.ringtap.system.print.application;

import io.ringtap.testing.PacketBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What tshark reads in Ethernet frames, as the judge of what tcpdump does not print.
final class Tshark {
  private final Path directory;

  Tshark(Path directory) {
    this.directory = directory;
  }

  /// The values of fields, a list for each frame. Several values of a field have commas between.
  List<List<String>> fields(List<byte[]> frames, String... fields) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-T", "fields", "-E", "separator=;"));
    for (String field : fields) {
      arguments.addAll(List.of("-e", field));
    }
    return run(frames, arguments).lines().map(each -> Arrays.asList(each.split(";", -1))).toList();
  }

  /// The lines with all that tshark knows of the frames.
  List<String> details(List<byte[]> frames, String protocol) throws IOException {
    return run(frames, List.of("-O", protocol)).lines().toList();
  }

  private String run(List<byte[]> frames, List<String> arguments) throws IOException {
    PacketBytes pcap = PacketBytes.start().hex("a1b2c3d4 0002 0004 00000000 00000000");
    pcap.u32(262_144).u32(1);
    for (byte[] frame : frames) {
      pcap.u32(1_700_000_000L).u32(0).u32(frame.length).u32(frame.length).bytes(frame);
    }
    Path file = Files.write(directory.resolve("tshark.pcap"), pcap.toBytes());
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
