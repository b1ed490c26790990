package io.ringtap.system.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureListener;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.system.FrameSender;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Two namespaces and a cable that carries nothing but what a test sends: there is no IPv6, and no
/// address. Tests send from the one end and capture at the other.
public final class CaptureLab implements AutoCloseable {
  /// How long a test waits for what must come.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Nobody wants to hear of the interfaces.
  static final CaptureListener DEAF = _ -> {};

  private static final ValueLayout.OfLong SEQUENCE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final NetworkNamespace senders;
  private final NetworkNamespace captures;
  private final Link far;
  private final Link near;

  private CaptureLab(NetworkNamespace senders, NetworkNamespace captures, VethPair cable) {
    this.senders = senders;
    this.captures = captures;
    this.far = cable.a();
    this.near = cable.b();
  }

  static CaptureLab create() throws IOException {
    NetworkNamespace senders = silent("senders");
    try {
      NetworkNamespace captures = silent("captures");
      try {
        VethPair cable = VethPair.create(senders, "far0", captures, "near0");
        return new CaptureLab(senders, captures, cable);
      } catch (IOException | RuntimeException e) {
        captures.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      senders.close();
      throw e;
    }
  }

  private static NetworkNamespace silent(String label) throws IOException {
    NetworkNamespace namespace = NetworkNamespace.create(label);
    namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
    namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
    return namespace;
  }

  /// A second cable between the two.
  public VethPair cable(String farName, String nearName) throws IOException {
    return VethPair.create(senders, farName, captures, nearName);
  }

  public NetworkNamespace captures() {
    return captures;
  }

  /// The end that sends.
  public Link far() {
    return far;
  }

  /// The end that is captured.
  public Link near() {
    return near;
  }

  /// Options for the captured end, with a ring of 8 MiB that is handed over soon.
  public static CaptureOptions options() {
    return CaptureOptions.on("near0").withBuffer(8 << 20).withRetire(Duration.ofMillis(5));
  }

  public Capture open(CaptureOptions options) throws IOException {
    return captures.call(() -> Capture.open(options));
  }

  /// Opens, starts, and returns the packets that come of `traffic`.
  public List<Seen> capture(CaptureOptions options, Traffic traffic)
      throws IOException, InterruptedException {
    try (Capture capture = open(options)) {
      Recorder recorder = new Recorder();
      capture.start(_ -> recorder, DEAF);
      traffic.run();
      capture.stop();
      capture.await();
      return recorder.seen();
    }
  }

  /// What a test sends.
  @FunctionalInterface
  public interface Traffic {
    void run() throws IOException;
  }

  /// The sequence number of a frame of [FrameSender].
  static long sequence(Frame packet) {
    return packet.memory().get(SEQUENCE, packet.offset() + FrameSender.SEQUENCE_OFFSET);
  }

  /// All that a packet tells, to compare.
  public record Seen(
      List<Byte> frame,
      int origlen,
      long epochNanos,
      String linkType,
      int source,
      int interfaceIndex,
      String direction,
      int protocol,
      boolean hadVlanTag,
      int vlanId,
      int vlanPriority,
      int vlanTpid) {
    static Seen of(Frame packet) {
      boolean isTagged = packet.hadVlanTag();
      return new Seen(
          FrameSender.list(packet.copy().toArray()),
          packet.origlen(),
          packet.epochNanos(),
          packet.linkType().toString(),
          packet.interfaceId(),
          packet.interfaceIndex(),
          packet.direction().name(),
          packet.protocol(),
          isTagged,
          packet.vlanTci() & 0xFFF,
          packet.vlanTci() >>> 13,
          isTagged ? packet.vlanTpid() : 0);
    }
  }

  /// Keeps what it is shown. Several threads may share it.
  static final class Recorder implements PacketHandler {
    private final List<Seen> seen = new ArrayList<>();

    @Override
    public synchronized void onPacket(Frame packet) {
      seen.add(Seen.of(packet));
    }

    synchronized List<Seen> seen() {
      return List.copyOf(seen);
    }
  }

  @Override
  public void close() {
    captures.close();
    senders.close();
  }
}
