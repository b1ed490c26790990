package io.ringtap.ping.engine.socket;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.socket.Cmsghdr;
import io.ringtap.linux.abi.socket.In6Pktinfo;
import io.ringtap.linux.abi.socket.InPktinfo;
import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.ping.engine.probe.EchoPayload;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeCookie;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeForm.Header;
import io.ringtap.ping.engine.probe.ProbeForm.HeaderOption;
import io.ringtap.ping.engine.probe.ProbeForm.Mode;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeSeries;
import io.ringtap.socket.MessageBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Echo requests of one address family on their way into one `sendmmsg(2)`. The sending thread owns
/// it.
///
/// Everything that the calls need is laid out once: for each message its header, address, control
/// messages and the first bytes of its packet, in which tag and pattern of the payload already
/// stand. A larger payload goes on in a second vector that all messages share, unless it is random.
public final class SendBatch {
  /// Bytes of packet that a message has of its own.
  private static final int PACKET_BYTES = 128;

  private static final int OWN_PAYLOAD_BYTES = PACKET_BYTES - IcmpHeader.BYTES;
  private static final long VECTOR_BYTES = 2 * Iovec.LAYOUT.byteSize();
  private static final long CONTROL_BYTES =
      Cmsghdr.space(Integer.BYTES) * 4
          + Cmsghdr.space(In6Pktinfo.BYTES)
          + Cmsghdr.space(ProbeForm.MAX_OPTION_BYTES);

  private final boolean ipv6;
  private EchoOutlet outlet;
  private final MessageBatch batch;
  private final IdentifierBlock identifiers;
  private final EchoPayload payload;
  private final MemorySegment messages;
  private final MemorySegment callState;
  private final MemorySegment ignored; // takes nothing of what is received
  private final MemorySegment vectors;
  private final MemorySegment addresses;
  private final MemorySegment controls;
  private final MemorySegment[] places; // of each message's own bytes: PACKET_BYTES, or as it needs
  private final ProbeSeries[] series;
  private final int[] probes;
  private final long[] sequences; // numbers of the probes within their series
  private final @Nullable ProbeForm[] laidOut;
  private Mode mode = Mode.DEFAULT; // of all messages
  private volatile boolean isUsed;

  /// A batch of at most `capacity` messages of one family.
  SendBatch(boolean ipv6, EchoOutlet outlet, int capacity, ProbeIdentity identity, Arena arena) {
    this.ipv6 = ipv6;
    this.outlet = outlet;
    batch = new MessageBatch(capacity, arena);
    identifiers = identity.identifiers();
    payload = new EchoPayload(identity.tag());
    messages = batch.headers();
    callState = CallState.allocate(arena);
    ignored = arena.allocate(Msghdr.LAYOUT);
    vectors = arena.allocate(VECTOR_BYTES * capacity, 8);
    addresses = arena.allocate(SockaddrIn6.LAYOUT, capacity);
    controls = arena.allocate(CONTROL_BYTES * capacity, 8);
    MemorySegment packets = arena.allocate((long) PACKET_BYTES * capacity, 8);
    series = new ProbeSeries[capacity];
    probes = new int[capacity];
    sequences = new long[capacity];
    laidOut = new ProbeForm[capacity];
    places = new MemorySegment[capacity];
    for (int i = 0; i < capacity; i++) {
      places[i] = packets.asSlice((long) i * PACKET_BYTES, PACKET_BYTES);
      layOut(i);
    }
  }

  private void layOut(int index) {
    long message = index * Mmsghdr.BYTES;
    int addressBytes = ipv6 ? SockaddrIn6.BYTES : SockaddrIn.BYTES;
    Msghdr.name(messages, message, addresses.asSlice(address(index)), addressBytes);
  }

  private static long address(int index) {
    return index * (long) SockaddrIn6.BYTES;
  }

  public boolean isEmpty() {
    return batch.size() == 0;
  }

  public boolean isFull() {
    return batch.isFull();
  }

  public int size() {
    return batch.size();
  }

  public int probe(int index) {
    return probes[index];
  }

  public long sequence(int index) {
    return sequences[index];
  }

  public ProbeSeries series(int index) {
    return series[index];
  }

  /// Whether probes of a form can go with those that the batch holds. If not, these must leave
  /// first.
  @SuppressWarnings("ReferenceEquality") // an equal instance only costs a send call
  public boolean takes(ProbeForm form) {
    return batch.size() == 0 || mode == form.mode();
  }

  /// Adds a probe to a batch that is not full and [takes][#takes] its form. Its cookie is written
  /// by [#seal].
  @SuppressWarnings("ReferenceEquality") // an equal instance is only laid out again
  public void add(ProbeSeries of, int probe, long sequence) {
    if (!isUsed) {
      isUsed = true;
    }
    int index = batch.add();
    sequences[index] = sequence;
    series[index] = of;
    probes[index] = probe;
    ProbeForm form = of.form();
    mode = form.mode();
    if (laidOut[index] != form) {
      layOut(index, form);
    }
    IpAddress target = of.target();
    if (ipv6) {
      SockaddrIn6.write(addresses, address(index), 0, target.high(), target.low(), of.scopeId());
    } else {
      SockaddrIn.write(addresses, address(index), 0, (int) target.low());
    }
  }

  private void layOut(int index, ProbeForm form) {
    int bytes = form.payloadBytes();
    int own = form.fill().isRandom() ? bytes : Math.min(bytes, OWN_PAYLOAD_BYTES);
    MemorySegment place = place(index, IcmpHeader.BYTES + own);
    long vector = index * VECTOR_BYTES;
    Iovec.set(vectors, vector, place, IcmpHeader.BYTES + (long) own);
    if (bytes > own) {
      long shared = vector + Iovec.LAYOUT.byteSize();
      Iovec.set(vectors, shared, form.fill().bytes().asSlice(own), bytes - (long) own);
    }
    Msghdr.iov(messages, index * Mmsghdr.BYTES, vectors.asSlice(vector), bytes > own ? 2 : 1);
    payload.write(place, IcmpHeader.BYTES, form, own);
    long control = index * CONTROL_BYTES;
    long end = ipv6 ? controlIpv6(control, form.header()) : controlIpv4(control, form.header());
    int mark = form.header().mark();
    if (mark != 0) {
      end = Cmsghdr.writeInt(controls, end, SysSocket.SOL_SOCKET, SysSocket.SO_MARK, mark);
    }
    Msghdr.control(messages, index * Mmsghdr.BYTES, controls.asSlice(control), end - control);
    laidOut[index] = form;
  }

  /// Where a message's own bytes stand. One that needs more than others gets a place of its own.
  private MemorySegment place(int index, int bytes) {
    if (places[index].byteSize() < bytes) {
      places[index] = Arena.ofAuto().allocate(bytes, Long.BYTES);
    }
    return places[index];
  }

  private long controlIpv4(long offset, Header header) {
    long next = offset;
    if (header.hopLimit() != 0) {
      next =
          Cmsghdr.writeInt(
              controls, next, NetinetIn.IPPROTO_IP, NetinetIn.IP_TTL, header.hopLimit());
    }
    if (header.trafficClass() != 0) {
      next =
          Cmsghdr.writeInt(
              controls, next, NetinetIn.IPPROTO_IP, NetinetIn.IP_TOS, header.trafficClass());
    }
    if (header.option().head() != 0) {
      writeOption(Cmsghdr.data(next), header.option());
      next =
          Cmsghdr.write(
              controls,
              next,
              NetinetIn.IPPROTO_IP,
              NetinetIn.IP_RETOPTS,
              ProbeForm.MAX_OPTION_BYTES);
    }
    IpAddress source = header.source();
    if (header.interfaceIndex() != 0 || source != null) {
      InPktinfo.write(
          controls,
          Cmsghdr.data(next),
          header.interfaceIndex(),
          source == null ? 0 : (int) source.low());
      next =
          Cmsghdr.write(
              controls, next, NetinetIn.IPPROTO_IP, NetinetIn.IP_PKTINFO, InPktinfo.BYTES);
    }
    return next;
  }

  private void writeOption(long offset, HeaderOption option) {
    controls.asSlice(offset, ProbeForm.MAX_OPTION_BYTES).fill((byte) 0);
    NetworkOrder.word(controls, offset, option.head());
    long entry = offset + Integer.BYTES;
    for (IpAddress host : option.hosts()) {
      NetworkOrder.word(controls, entry, (int) host.low());
      entry += 2 * Integer.BYTES;
    }
  }

  private long controlIpv6(long offset, Header header) {
    long next = offset;
    if (header.hopLimit() != 0) {
      next =
          Cmsghdr.writeInt(
              controls, next, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_HOPLIMIT, header.hopLimit());
    }
    if (header.trafficClass() != 0) {
      next =
          Cmsghdr.writeInt(
              controls, next, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_TCLASS, header.trafficClass());
    }
    if (header.flowLabel() != 0) {
      NetworkOrder.word(controls, Cmsghdr.data(next), header.flowLabel());
      next =
          Cmsghdr.write(
              controls, next, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_FLOWINFO, Integer.BYTES);
    }
    IpAddress source = header.source();
    if (header.interfaceIndex() != 0 || source != null) {
      In6Pktinfo.write(
          controls,
          Cmsghdr.data(next),
          source == null ? 0 : source.high(),
          source == null ? 0 : source.low(),
          header.interfaceIndex());
      next =
          Cmsghdr.write(
              controls, next, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_PKTINFO, In6Pktinfo.BYTES);
    }
    return next;
  }

  /// Completes the message at an index: header, cookie, checksum.
  public void seal(int index, long cookie) {
    MemorySegment place = places[index];
    int probe = probes[index];
    ProbeForm form = series[index].form();
    boolean isEcho = form.kind() == ProbeForm.Kind.ECHO;
    int type = isEcho ? IcmpType.ECHO_REQUEST : IcmpType.TIMESTAMP_REQUEST;
    IcmpHeader.writeEcho(
        place,
        0,
        ipv6 ? Icmpv6Type.ECHO_REQUEST : type,
        identifiers.identifier(probe),
        IdentifierBlock.sequence(probe));
    EchoPayload.seal(place, IcmpHeader.BYTES, form, cookie);
    if (!ipv6) { // the kernel sums ICMPv6 itself (RFC 3542 §3.1)
      IcmpHeader.checksum(place, 0, Checksum.fold(sum(place, form)));
    }
  }

  private long sum(MemorySegment place, ProbeForm form) {
    int bytes = form.payloadBytes();
    if (form.fill().isRandom() || form.kind() == ProbeForm.Kind.TIMESTAMP) {
      return Checksum.sum(place, 0, IcmpHeader.BYTES + (long) bytes);
    }
    int varying = EchoPayload.hasCookie(bytes) ? ProbeCookie.BYTES : 0;
    return Checksum.sum(place, 0, IcmpHeader.BYTES + (long) varying) + payload.sum(form);
  }

  /// Sends what has been sealed and not been taken yet.
  ///
  /// @return how many messages the kernel took, from [#done] on, or `-errno` for the first of them
  public int send() {
    int rc = outlet.set(mode);
    return rc < 0 ? rc : batch.send(outlet.number(), outlet.flags());
  }

  /// Index of the first message that the kernel has not taken.
  public int done() {
    return batch.done();
  }

  /// Leaves out the first message that the kernel has not taken.
  public void skip() {
    batch.skip();
  }

  /// Empties the socket's error queue (`ip(7)`, IP_RECVERR), which holds what [#send] has returned
  /// already.
  void forgetErrors() {
    int flags = SysSocket.MSG_ERRQUEUE | SysSocket.MSG_DONTWAIT;
    while (Libc.recvmsg(callState, socket(), ignored, flags) >= 0) {}
  }

  /// Forgets all messages.
  public void clear() {
    batch.clear();
  }

  /// Whether a probe has ever been added. Any thread may ask.
  boolean isUsed() {
    return isUsed;
  }

  public boolean isIpv6() {
    return ipv6;
  }

  public int socket() {
    return outlet.number();
  }

  /// Sends through another socket from now on.
  void outlet(EchoOutlet newOutlet) {
    outlet = newOutlet;
  }
}
