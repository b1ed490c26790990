package io.ringtap.examples;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.send.Pace;
import io.ringtap.send.PacketSender;
import io.ringtap.send.Replay;
import io.ringtap.send.SenderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;

/// Sends a broadcast frame, then a savefile at 10 000 packets per second: `SendFrames eth0
/// x.pcapng`.
public final class SendFrames {
  private static final String FRAME = "ffffffffffff 020000000001 88b5 48656c6c6f"; // Hello

  private SendFrames() {}

  public static void main(String[] arguments) throws IOException {
    // @start region="program"
    byte[] frame = HexFormat.of().parseHex(FRAME.replace(" ", ""));
    try (PacketSender sender = PacketSender.open(SenderOptions.on(arguments[0]))) {
      IO.println(sender.send(Frame.of(LinkType.ETHERNET, frame)));
      Replay replay = new Replay(sender, Pace.packetsPerSecond(10_000));
      replay.run(Path.of(arguments[1]));
      IO.println(sender.counters() + " in " + replay.elapsed());
    }
    // @end
  }
}
