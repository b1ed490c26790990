package org.example.consumer;

import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Writes a savefile, reads it with a filter, and pings itself in a namespace of its own.
public final class Consumer {
  private static final String DNS_QUERY =
      "020000000002020000000001080045000020000100004011f6c6c0000201c0000202c0000035000c0000cafe0100";

  private Consumer() {}

  public static void main(String[] arguments) throws IOException {
    IO.println(Consumer.class.getModule().isNamed() ? "a module" : "no module");
    IO.println(libraries());
    Path file = Path.of(arguments[0]);
    write(file);
    IO.println("port 53: " + count(file, "udp port 53") + ", port 80: " + count(file, "port 80"));
    try (NetworkNamespace namespace = NetworkNamespace.create("consumer");
        Pinger pinger = namespace.call(Pinger::open)) {
      PingOptions options = PingOptions.DEFAULT.withCount(3).withInterval(Duration.ofMillis(20));
      PingRequest request = PingRequest.to("127.0.0.1").with(options);
      PingCounts counts = pinger.ping(request).join().counts();
      IO.println("pinged, received " + counts.received() + " of " + counts.sent());
    }
  }

  private static void write(Path file) throws IOException {
    SavefileInterface ethernet = SavefileInterface.of(LinkType.ETHERNET, 65_535);
    SavefileOptions options = SavefileOptions.of(SavefileFormat.PCAP_NANOS, List.of(ethernet));
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      writer.write(Frame.of(LinkType.ETHERNET, HexFormat.of().parseHex(DNS_QUERY)));
    }
  }

  private static int count(Path file, String expression) throws IOException {
    PacketFilter filter = PacketFilter.of(expression);
    int matching = 0;
    try (SavefileReader reader = SavefileReader.open(file)) {
      while (reader.next()) {
        matching += filter.matches(reader) ? 1 : 0;
      }
    }
    return matching;
  }

  /// The names of the jars that this program runs with.
  private static List<String> libraries() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(Objects::nonNull)
        .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
        .filter(element -> element.endsWith(".jar"))
        .map(jar -> Path.of(jar).getFileName().toString())
        .sorted()
        .toList();
  }
}
