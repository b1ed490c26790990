package io.ringtap.examples;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.PacketStream;
import io.ringtap.packet.CapturedPacket;
import java.io.IOException;
import java.util.stream.Stream;

/// Prints the next ten packets of an interface, or of all: `CapturePackets eth0`.
public final class CapturePackets {
  private CapturePackets() {}

  public static void main(String[] arguments) throws IOException {
    String name = arguments.length == 0 ? CaptureOptions.ANY : arguments[0];
    CaptureOptions options = CaptureOptions.on(name).snaplen(96).build();

    try (Stream<CapturedPacket> packets = PacketStream.of(Capture.open(options), 1024)) {
      packets
          .limit(10)
          .forEach(packet ->
              IO.println(
                  "%d.%09d %s %d bytes"
                      .formatted(
                          packet.epochNanos() / 1_000_000_000,
                          packet.epochNanos() % 1_000_000_000,
                          packet.direction(),
                          packet.origlen())));
    }
  }
}
