package io.ringtap.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.LinkType;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples that need `CAP_NET_RAW`, each in its own network namespace.
@RequiresRoot
class NetworkExamplesTest {
  private NetworkNamespace namespace;

  @BeforeEach
  void open() throws IOException {
    namespace = NetworkNamespace.create("example");
  }

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void pingsHosts() throws Exception {
    try (Example example =
        Example.startIn(namespace, PingHosts.class, "127.0.0.1", "127.1.0.0/29")) {
      assertThat(example.output())
          .satisfiesExactly(
              one -> assertThat(one).contains("sent=3", "received=3"),
              range -> assertThat(range).contains("sent=24", "received=24"));
    }
  }

  @Test
  void sweepsAPrefix() throws Exception {
    try (Example example = Example.startIn(namespace, SweepPrefix.class, "127.1.0.0/29")) {
      assertThat(example.output())
          .hasSize(9)
          .endsWith("8 of 8 answered")
          .filteredOn(line -> line.matches("127\\.1\\.0\\.[0-7] [1-9]\\d* ns"))
          .hasSize(8);
    }
  }

  @Test
  void tracesHosts() throws Exception {
    try (Example example = Example.startIn(namespace, TraceHosts.class, "127.0.0.1", "::1")) {
      assertThat(example.output())
          .satisfiesExactly(
              target -> assertThat(target).isEqualTo("127.0.0.1:"),
              hop -> assertThat(hop).startsWith("1 [127.0.0.1] Counts[answered=2, lost=0,"),
              target -> assertThat(target).isEqualTo("::1:"),
              hop -> assertThat(hop).startsWith("1 [::1] Counts[answered=2, lost=0,"));
    }
  }

  @Test
  void capturesPackets() throws Exception {
    try (Example example = Example.startIn(namespace, CapturePackets.class, "lo")) {
      pingWhile(example);
      assertThat(example.output())
          .hasSize(10)
          .allMatch(
              line -> line.matches("127.0.0.1 > 127.0.0.1, protocol 1, .*, \\d+ bytes of payload"));
    }
  }

  @Test
  void recordsPackets(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x.pcapng");

    try (Example example =
        Example.startIn(namespace, RecordPackets.class, "lo", file.toString(), "2")) {
      pingWhile(example);
      assertThat(example.output()).singleElement().asString().matches("[1-9]\\d* packets written");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).singleElement().matches(written -> written.toFile().length() > 0);
    }
  }

  @Test
  void sendsFrames(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x.pcapng");
    SavefileInterface source = SavefileInterface.of(LinkType.ETHERNET, 0);
    SavefileOptions options = SavefileOptions.of(SavefileFormat.PCAPNG, List.of(source));
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      writer.write(Frame.of(LinkType.ETHERNET, new byte[60]));
      writer.write(Frame.of(LinkType.ETHERNET, new byte[60]));
    }

    try (Example example = Example.startIn(namespace, SendFrames.class, "lo", file.toString())) {
      assertThat(example.output())
          .satisfiesExactly(
              one -> assertThat(one).isEqualTo("Sent[]"),
              all -> assertThat(all).contains("sent=3, sentBytes=139"));
    }
  }

  @Test
  void showsTopTalkers() throws Exception {
    try (Example example = Example.startIn(namespace, ShowTopTalkers.class, "lo")) {
      pingWhile(example);
      assertThat(example.output())
          .isNotEmpty()
          .allMatch(line -> line.matches("\\d+ packets/s .*127\\.0\\.0\\.1.*"));
    }
  }

  @Test
  void countsWithXdp() throws Exception {
    try (Example example =
        Example.startIn(namespace, CountWithXdp.class, "lo", "icmp[icmptype] = icmp-echo", "1")) {
      pingWhile(example);
      assertThat(example.output()).singleElement().asString().matches("[1-9]\\d* frames");
    }
  }

  /// Generates packets on `lo` while the example runs.
  private void pingWhile(Example example) throws IOException {
    namespace.run(() -> {
      PingRequest request =
          PingRequest.to(IpAddress.parse("127.0.0.1")).with(PingOptions.DEFAULT.withCount(1));
      try (Pinger pinger = Pinger.open()) {
        while (example.isRunning()) {
          PingSummary _ = pinger.ping(request).join();
        }
      }
    });
  }
}
