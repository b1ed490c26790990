package io.ringtap.ping.engine.probe;

import static io.ringtap.ping.engine.probe.JudgeFixture.low;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.nio.ByteOrder;

/// An ICMP message on its way to a [JudgeFixture]: at first right in every respect, then changed as
/// a test wants it.
public final class EchoFrame {
  private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
  private static final IpAddress HERE6 = IpAddress.parse("2001:db8::1");
  private static final OfLong COOKIE = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt TAG = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final int HOP_LIMIT = 61;

  private final JudgeFixture fixture;
  private final int probe;
  private IpAddress target;
  private MemorySegment bytes;
  private IpAddress from;
  private long stamp;
  private boolean isChecked;
  private boolean hasUnsoundErrors;
  private int mtu;

  private EchoFrame(JudgeFixture fixture, int probe, MemorySegment bytes) {
    this.fixture = fixture;
    this.probe = probe;
    this.bytes = bytes;
    target = fixture.registry.get(fixture.table.series(probe)).target();
    from = target;
    stamp = fixture.epoch();
  }

  /// A probe's request.
  public static EchoFrame request(JudgeFixture fixture, int probe) {
    return echo(fixture, probe, false);
  }

  /// The right reply to a probe, arriving now.
  public static EchoFrame reply(JudgeFixture fixture, int probe) {
    return echo(fixture, probe, true);
  }

  private static EchoFrame echo(JudgeFixture fixture, int probe, boolean reply) {
    ProbeSeries series = fixture.registry.get(fixture.table.series(probe));
    int payloadBytes = series.form().payloadBytes();
    MemorySegment bytes = MemorySegment.ofArray(new byte[IcmpHeader.BYTES + payloadBytes]);
    int type =
        series.isIpv6()
            ? reply ? Icmpv6Type.ECHO_REPLY : Icmpv6Type.ECHO_REQUEST
            : reply ? IcmpType.ECHO_REPLY : IcmpType.ECHO_REQUEST;
    IcmpHeader.writeEcho(
        bytes, 0, type, fixture.identifiers.identifier(probe), IdentifierBlock.sequence(probe));
    byte[] pattern = series.form().fill().pattern();
    for (int i = 0; i < payloadBytes && pattern.length > 0; i++) {
      bytes.set(JAVA_BYTE, IcmpHeader.BYTES + i, pattern[i % pattern.length]);
    }
    boolean isEcho = series.form().kind() == ProbeForm.Kind.ECHO;
    if (isEcho && payloadBytes >= EchoPayload.TAGGED_BYTES) {
      bytes.set(TAG, IcmpHeader.BYTES + ProbeCookie.BYTES, fixture.cookies.tag());
    }
    EchoFrame frame = new EchoFrame(fixture, probe, bytes);
    long cookie = fixture.cookies.of(probe, fixture.table.sentNanos(probe));
    if (pattern.length == 0) {
      EchoPayload.seal(bytes, IcmpHeader.BYTES, series.form(), cookie);
    } else if (isEcho && EchoPayload.hasCookie(payloadBytes)) {
      frame.cookie(cookie);
    }
    return frame.sealed();
  }

  public MemorySegment bytes() {
    return bytes;
  }

  long end() {
    return bytes.byteSize();
  }

  IpAddress target() {
    return target;
  }

  EchoFrame at(long epochNanos) {
    stamp = epochNanos;
    return this;
  }

  EchoFrame from(IpAddress address) {
    from = address;
    return sealed();
  }

  EchoFrame to(IpAddress address) {
    target = address;
    return this;
  }

  EchoFrame identifier(int identifier) {
    int type = IcmpHeader.type(bytes, 0);
    IcmpHeader.writeEcho(bytes, 0, type, identifier, IcmpHeader.sequence(bytes, 0));
    return this;
  }

  EchoFrame cookie(long cookie) {
    bytes.set(COOKIE, IcmpHeader.BYTES, cookie);
    return this;
  }

  /// Makes it a message of another type.
  EchoFrame typed(int type) {
    bytes.set(JAVA_BYTE, IcmpHeader.TYPE, (byte) type);
    return sealed();
  }

  /// Turns over one bit; the checksum no longer fits.
  EchoFrame flipped(int offset, int bit) {
    bytes.set(JAVA_BYTE, offset, (byte) (bytes.get(JAVA_BYTE, offset) ^ 1 << bit));
    return this;
  }

  /// Has the checksums of errors about this request be wrong.
  EchoFrame withUnsoundErrors() {
    hasUnsoundErrors = true;
    return this;
  }

  /// Leaves only the first bytes of the payload; the checksum no longer fits.
  EchoFrame cutTo(int payloadBytes) {
    bytes = bytes.asSlice(0, IcmpHeader.BYTES + (long) payloadBytes);
    return this;
  }

  /// Adds bytes to the payload; the checksum no longer fits.
  EchoFrame lengthenedBy(int added) {
    MemorySegment longer = MemorySegment.ofArray(new byte[(int) bytes.byteSize() + added]);
    bytes = longer.copyFrom(bytes);
    return this;
  }

  /// Has the device vouch for the checksum.
  EchoFrame summed() {
    isChecked = true;
    return this;
  }

  /// Makes the checksum fit.
  EchoFrame sealed() {
    IcmpHeader.checksum(bytes, 0, 0);
    long sum = Checksum.sum(bytes, 0, bytes.byteSize()) + pseudoSum();
    IcmpHeader.checksum(bytes, 0, Checksum.fold(sum));
    return this;
  }

  private long pseudoSum() {
    return target.isIpv6()
        ? Checksum.pseudoHeader(
            from.high(),
            from.low(),
            HERE6.high(),
            HERE6.low(),
            IpProtocol.ICMPV6,
            (int) bytes.byteSize())
        : 0;
  }

  /// Shows the judge this request as it departs.
  void depart() {
    fixture.judge.onDeparture(message(bytes));
  }

  /// Shows the judge this reply.
  void arrive() {
    fixture.judge.onReply(message(bytes));
  }

  private EchoMessage message(MemorySegment memory) {
    EchoMessage message = new EchoMessage();
    message.identifiers = fixture.identifiers;
    message.memory = memory;
    message.end = memory.byteSize();
    message.fromHigh = from.high();
    message.fromLow = low(from);
    message.targetHigh = target.high();
    message.targetLow = low(target);
    message.isChecked = isChecked;
    message.pseudoSum = pseudoSum();
    message.hopLimit = HOP_LIMIT;
    message.stamp = stamp;
    return message;
  }

  /// Shows the judge an error about this request.
  ///
  /// @param quotedOptionBytes options in the quoted IPv4 header, a multiple of four
  /// @param quotedTarget where the quoted request was sent
  void refusedBy(IpAddress by, int type, int code, int quotedOptionBytes, IpAddress quotedTarget) {
    int header = target.isIpv6() ? Ipv6Header.BYTES : Ipv4Header.MIN_BYTES + quotedOptionBytes;
    int quoted = IcmpHeader.BYTES;
    MemorySegment error = MemorySegment.ofArray(new byte[quoted + header + IcmpHeader.BYTES]);
    IcmpHeader.writeError(error, 0, type, code, mtu);
    int total = header + (int) bytes.byteSize();
    if (target.isIpv6()) {
      Ipv6Header.write(
          error,
          quoted,
          0,
          0,
          (int) bytes.byteSize(),
          IpProtocol.ICMPV6,
          1,
          HERE6.high(),
          HERE6.low(),
          quotedTarget.high(),
          quotedTarget.low());
    } else {
      Ipv4Header.write(
          error,
          quoted,
          0,
          total,
          7,
          1,
          IpProtocol.ICMP,
          (int) HERE.low(),
          (int) quotedTarget.low());
      Ipv4Header.headerLength(error, quoted, header);
      Ipv4Header.updateChecksum(error, quoted);
    }
    MemorySegment.copy(bytes, 0, error, quoted + (long) header, IcmpHeader.BYTES);
    EchoMessage message = message(error);
    message.pseudoSum = 0;
    int sum = Checksum.fold(Checksum.sum(error, 0, error.byteSize()));
    IcmpHeader.checksum(error, 0, hasUnsoundErrors ? sum ^ 1 : sum);
    message.fromHigh = by.high();
    message.fromLow = low(by);
    fixture.judge.onError(message);
  }

  /// What the second word of an error about this says.
  EchoFrame withMtu(int newMtu) {
    mtu = newMtu;
    return this;
  }

  int probe() {
    return probe;
  }
}
