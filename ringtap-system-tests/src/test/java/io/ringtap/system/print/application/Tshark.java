package io.ringtap.system.print.application;

import io.ringtap.packet.LinkType;
import io.ringtap.system.print.JudgedFile;
import java.io.IOException;
import java.nio.file.Path;
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
    String flags = "-T fields -E separator=; -e " + String.join(" -e ", fields);
    return run(frames, flags).lines().map(each -> Arrays.asList(each.split(";", -1))).toList();
  }

  /// The lines with all that tshark knows of the frames.
  List<String> details(List<byte[]> frames, String protocol) throws IOException {
    return run(frames, "-O " + protocol).lines().toList();
  }

  private String run(List<byte[]> frames, String flags) throws IOException {
    JudgedFile file = new JudgedFile(LinkType.ETHERNET);
    for (byte[] frame : frames) {
      file.add(0, frame, frame.length);
    }
    return file.read(directory, "tshark", flags);
  }
}
