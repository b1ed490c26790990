package io.ringtap.system.situation;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.packet.Frame;
import io.ringtap.system.FrameSender;
import io.ringtap.testnet.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The other end of a cable, where a script answers echo requests with whatever bytes it likes. It
/// hears requests to every address; that they are sent to its hardware address is the affair of
/// whoever makes the network.
final class ScriptedHost implements AutoCloseable {
  private static final int ETHERNET = 14;
  private static final String REQUESTS =
      "(icmp[icmptype] = icmp-echo and ip[6:2] & 0x1fff = 0)"
          + " or (ip6[6] = 58 and ip6[40] = 128)"
          + " or (ip6[6] = 44 and ip6[40] = 58 and ip6[42:2] & 0xfff8 = 0 and ip6[48] = 128)";

  private final Script script;
  private final FrameSender sender;
  private final Capture capture;
  private final List<EchoRequest> requests = new CopyOnWriteArrayList<>();

  /// Answers a request.
  @FunctionalInterface
  interface Script {
    void answer(EchoRequest request, Wire wire) throws IOException;
  }

  /// Where answers go.
  interface Wire {
    /// Sends whole frames.
    void frame(byte[] frame) throws IOException;

    /// An IP packet in a frame to the machine that asked.
    byte[] framed(byte[] packet);

    /// Sends IP packets to the machine that asked.
    default void send(byte[] packet) throws IOException {
      frame(framed(packet));
    }

    default void send(Datagram datagram) throws IOException {
      send(datagram.packet());
    }
  }

  private ScriptedHost(Script script, FrameSender sender, Capture capture) {
    this.script = script;
    this.sender = sender;
    this.capture = capture;
  }

  /// Begins to answer on `link`, which needs no address.
  static ScriptedHost on(Link link, Script script) throws IOException {
    FrameSender sender = FrameSender.on(link);
    CaptureOptions options =
        CaptureOptions.on(link.name())
            .withMode(CaptureMode.RECV)
            .withTraffic(Traffic.IN)
            .withFilter(REQUESTS);
    try {
      Capture capture = link.namespace().call(() -> Capture.open(options));
      ScriptedHost host = new ScriptedHost(script, sender, capture);
      capture.start(host::hear);
      return host;
    } catch (IOException e) {
      sender.close();
      throw e;
    }
  }

  private void hear(Frame frame) {
    byte[] request =
        frame.memory().asSlice(frame.offset(), frame.caplen()).toArray(ValueLayout.JAVA_BYTE);
    EchoRequest echo = new EchoRequest(Arrays.copyOfRange(request, ETHERNET, request.length));
    requests.add(echo);
    try {
      script.answer(
          echo,
          new Wire() {
            @Override
            public void frame(byte[] answer) throws IOException {
              sender.send(answer);
            }

            @Override
            public byte[] framed(byte[] packet) {
              ByteBuffer answer = ByteBuffer.allocate(ETHERNET + packet.length);
              answer.put(request, 6, 6).put(request, 0, 6).put(request, 12, 2);
              return answer.put(packet).array();
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The requests so far.
  List<EchoRequest> requests() {
    return List.copyOf(requests);
  }

  /// @throws IllegalStateException if the script has thrown
  @Override
  public void close() throws IOException {
    capture.abort();
    try {
      capture.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      capture.close();
      sender.close();
    }
  }
}
