package io.ringtap.examples;

import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.PacketStream;
import io.ringtap.packet.CapturedPacket;
import io.ringtap.packet.PacketLayers;
import java.io.IOException;
import java.util.stream.Stream;

/// Prints the next ten IP packets of an interface: `CapturePackets eth0`.
public final class CapturePackets {
  private CapturePackets() {}

  public static void main(String[] arguments) throws IOException {
    // @start region="program"
    try (Stream<CapturedPacket> packets = PacketStream.open(CaptureOptions.on(arguments[0]))) {
      packets
          .map(CapturedPacket::layers)
          .filter(layers -> layers.ipVersion() != 0)
          .limit(10)
          .forEach(CapturePackets::print);
    }
    // @end
  }

  private static void print(PacketLayers layers) {
    long bytes = layers.payload() == null ? 0 : layers.payload().byteSize();
    IO.println(
        "%s > %s, protocol %d, port %d, %d bytes of payload"
            .formatted(
                layers.source(),
                layers.destination(),
                layers.protocol(),
                layers.destinationPort(),
                bytes));
  }
}
