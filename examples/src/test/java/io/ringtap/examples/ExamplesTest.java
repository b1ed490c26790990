package io.ringtap.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples that need no privileges.
class ExamplesTest {
  /// A pcap file, little-endian, of Ethernet frames: an empty UDP datagram to port 53, and one to
  /// 54.
  private static final String SAVEFILE =
      "d4c3b2a1020004000000000000000000ffff000001000000"
          + "00000000000000002a0000002a000000020000000002020000000001"
          + "08004500001c0000000040110000c0000201c0000202cafe003500080000"
          + "00000000000000002a0000002a000000020000000002020000000001"
          + "08004500001c0000000040110000c0000201c0000202cafe003600080000";

  @Test
  void listsInterfaces() throws Exception {
    try (Example example = Example.start(ListInterfaces.class)) {
      assertThat(example.output()).anyMatch(line -> line.matches("\\d+: lo .*Ethernet.*"));
    }
  }

  @Test
  void filtersBytes() throws Exception {
    try (Example matching = Example.start(FilterBytes.class);
        Example other = Example.start(FilterBytes.class, "tcp port 80")) {
      assertThat(matching.output()).containsExactly("udp port 53: match");
      assertThat(other.output()).containsExactly("tcp port 80: no match");
    }
  }

  @Test
  void filtersSavefile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("dns.pcap");
    Files.write(file, HexFormat.of().parseHex(SAVEFILE));

    try (Example example = Example.start(FilterSavefile.class, file.toString(), "udp port 53")) {
      assertThat(example.output()).containsExactly("1 of 2 frames match");
    }
  }
}
