package io.ringtap.system.trace;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;

/// Answers in the place of a chain's first router, which must keep its own errors to itself, to
/// echo requests whose time to live ends there.
final class ScriptedRouter implements AutoCloseable {
  private static final int ETHERNET = 14;
  private static final int QUOTE = ETHERNET + Ipv4Header.MIN_BYTES + IcmpHeader.BYTES;
  private static final int ADDRESS = (int) IpAddress.parse("10.77.0.2").low();

  private final FrameSender sender;
  private final Capture capture;
  private final AtomicReference<byte[]> latest = new AtomicReference<>();
  private final long delayMillis;
  private final int type;
  private final int code;
  private final int parameter;
  private volatile boolean isSilent;

  private ScriptedRouter(
      FrameSender sender, Capture capture, long delayMillis, int typeAndCode, int parameter) {
    this.sender = sender;
    this.capture = capture;
    this.delayMillis = delayMillis;
    type = typeAndCode >> 8;
    code = typeAndCode & 0xff;
    this.parameter = parameter;
  }

  /// Begins to answer.
  ///
  /// @param parameter the second word of the error
  static ScriptedRouter on(RouterChain chain, long delayMillis, int type, int code, int parameter)
      throws IOException {
    FrameSender sender = FrameSender.on(chain.first().link("up"));
    try {
      CaptureOptions options =
          CaptureOptions.on("up")
              .withMode(CaptureMode.RECV)
              .withTraffic(Traffic.IN)
              .withFilter("icmp[icmptype] = icmp-echo and ip[8] = 1");
      Capture capture = chain.first().call(() -> Capture.open(options));
      ScriptedRouter router =
          new ScriptedRouter(sender, capture, delayMillis, type << 8 | code, parameter);
      capture.start(router::onRequest);
      return router;
    } catch (IOException e) {
      sender.close();
      throw e;
    }
  }

  private void onRequest(Frame request) {
    byte[] answer = answer(request);
    latest.set(answer);
    if (!isSilent) {
      try {
        Thread.sleep(delayMillis);
        sender.send(answer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private byte[] answer(Frame request) {
    int quoted = request.caplen() - ETHERNET;
    byte[] bytes = new byte[QUOTE + quoted];
    MemorySegment frame = MemorySegment.ofArray(bytes);
    MemorySegment asked = request.memory().asSlice(request.offset(), request.caplen());
    MemorySegment.copy(asked, 6, frame, 0, 6);
    MemorySegment.copy(asked, 0, frame, 6, 6);
    MemorySegment.copy(asked, 12, frame, 12, 2);
    MemorySegment.copy(asked, ETHERNET, frame, QUOTE, quoted);
    int source = Ipv4Header.source(asked, ETHERNET);
    Ipv4Header.write(
        frame, ETHERNET, 0, bytes.length - ETHERNET, 1, 64, IpProtocol.ICMP, ADDRESS, source);
    long icmp = ETHERNET + Ipv4Header.MIN_BYTES;
    IcmpHeader.writeError(frame, icmp, type, code, parameter);
    IcmpHeader.checksum(frame, icmp, Checksum.fold(Checksum.sum(frame, icmp, bytes.length - icmp)));
    return bytes;
  }

  /// Answers no request from now on.
  void silence() {
    isSilent = true;
  }

  /// Sends errors about a packet that nobody has sent.
  void flood(int number) {
    Eventually.await("a request to answer", () -> latest.get() != null);
    byte[] frame = latest.get().clone();
    frame[QUOTE + Ipv4Header.MIN_BYTES + IcmpHeader.IDENTIFIER] = 0;
    for (int i = QUOTE + Ipv4Header.MIN_BYTES + IcmpHeader.BYTES; i < frame.length; i++) {
      frame[i] = 0;
    }
    try {
      for (int i = 0; i < number; i++) {
        sender.send(frame);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    capture.abort();
    capture.close();
    sender.close();
  }
}
