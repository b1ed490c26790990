package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.PayloadFill;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeForm.Header;
import io.ringtap.ping.engine.probe.ProbeForm.HeaderOption;
import io.ringtap.ping.engine.probe.ProbeForm.Kind;
import io.ringtap.ping.engine.probe.ProbeForm.Mode;
import io.ringtap.ping.engine.probe.ProbeSchedule;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a target is pinged. Immutable: each `with…` gives another one. Requests that agree should
/// share one.
///
/// ```java
/// PingOptions.DEFAULT.withCount(3).withInterval(Duration.ofMillis(200))
/// ```
///
/// What is out of its range is refused with an IllegalArgumentException that names the option and
/// what it may be.
public final class PingOptions {
  /// A count without end.
  public static final long UNLIMITED = 0;

  /// The payload with which an IPv4 echo just fills the smallest Ethernet frame (60 bytes without
  /// FCS).
  public static final int DEFAULT_PAYLOAD_BYTES = 18;

  /// The largest payload of an ICMPv6 echo. That in an IPv4 packet is 65 507 bytes: what is larger
  /// is not sent ([PingOutcome.NotSent] with `EMSGSIZE`).
  public static final int MAX_PAYLOAD_BYTES = ProbeForm.MAX_PAYLOAD_BYTES;

  /// The longest interval and start delay that a request may have.
  public static final Duration MAX_WAIT = Duration.ofDays(1);

  private static final int MAX_FLOW_LABEL = 0xF_FFFF;
  private static final Duration MAX_TIMEOUT = Duration.ofNanos(ProbeSchedule.MAX_TIMEOUT_NANOS);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// Five probes a second apart, each with a second's patience and the smallest whole frame.
  public static final PingOptions DEFAULT =
      new PingOptions(
          new ProbeSchedule(5, NANOS_PER_SECOND, NANOS_PER_SECOND, 0, 0),
          new ProbeForm(
              Kind.ECHO, DEFAULT_PAYLOAD_BYTES, PayloadFill.COUNTING, Header.DEFAULT, Mode.DEFAULT),
          false);

  private final ProbeSchedule schedule;
  private final ProbeForm form;
  private final boolean anySource;

  private PingOptions(ProbeSchedule schedule, ProbeForm form, boolean anySource) {
    this.schedule = schedule;
    this.form = form;
    this.anySource = anySource;
  }

  /// Probes to send; [#UNLIMITED] goes on until the request is stopped. With
  /// [retries][#withRetries], the most that are sent.
  public long count() {
    return schedule.count();
  }

  /// From one probe of a request to its next, at most [#MAX_WAIT].
  public Duration interval() {
    return Duration.ofNanos(schedule.intervalNanos());
  }

  /// How long after its departure a reply still counts as in time, at most an hour. With
  /// [retries][#withRetries], a reply to the first probe.
  public Duration timeout() {
    return Duration.ofNanos(schedule.timeoutNanos());
  }

  /// How long after its submission a request's first probe is due, at most [#MAX_WAIT].
  public Duration startDelay() {
    return Duration.ofNanos(schedule.startDelayNanos());
  }

  /// What the timeout is multiplied by from one probe to the next, 1 or more, if unanswered probes
  /// are sent [again][#withRetries]; else 0.
  public double backoff() {
    return schedule.backoff();
  }

  /// Whether an intact reply counts from whatever address it comes.
  public boolean anySource() {
    return anySource;
  }

  /// Bytes after the ICMP header, 0 to [#MAX_PAYLOAD_BYTES]. From 8 on, the payload carries a keyed
  /// cookie, by which foreign and forged replies are recognized.
  public int payloadBytes() {
    return form.payloadBytes();
  }

  /// Whether probes are ICMP timestamp requests.
  public boolean timestampRequest() {
    return form.kind() == Kind.TIMESTAMP;
  }

  /// The bytes that the payload repeats; none if it is random.
  public byte[] pattern() {
    return form.fill().pattern();
  }

  /// Whether the payload is random.
  public boolean randomPayload() {
    return form.fill().isRandom();
  }

  /// TTL or hop limit, 1 to 255; 0 takes the system's default.
  public int hopLimit() {
    return form.header().hopLimit();
  }

  /// TOS or traffic class, 0 to 255.
  public int trafficClass() {
    return form.header().trafficClass();
  }

  /// The address to send from; null leaves the choice to routing.
  public @Nullable IpAddress source() {
    return form.header().source();
  }

  /// The interface to send through; 0 leaves the choice to routing.
  public int interfaceIndex() {
    return form.header().interfaceIndex();
  }

  /// The packets' firewall mark (`SO_MARK`); 0 sets none.
  public int mark() {
    return form.header().mark();
  }

  /// The flow label of IPv6; 0 takes what the kernel chooses.
  public int flowLabel() {
    return form.header().flowLabel();
  }

  /// What is recorded of the way.
  public Recording recording() {
    return Recording.of(option());
  }

  private HeaderOption option() {
    return form.header().option();
  }

  /// Whether packets may be fragmented.
  public PathMtu pathMtu() {
    return PathMtu.of(form.mode().pathMtu());
  }

  /// Whether probes may go to broadcast addresses.
  public boolean broadcast() {
    return form.mode().allowsBroadcast();
  }

  /// Whether probes go through routers.
  public boolean routing() {
    return form.mode().isRouted();
  }

  /// Whether this host gets its own probes to a multicast group that it is in.
  public boolean multicastLoop() {
    return form.mode().loopsMulticast();
  }

  /// These with another number of probes, all of which are sent: retries are off.
  ///
  /// @param count 0 ([#UNLIMITED]) or more
  /// @throws IllegalArgumentException if `count` is negative
  public PingOptions withCount(long count) {
    require(count >= 0, "count", count, "0 (unlimited) or more");
    return with(
        new ProbeSchedule(
            count,
            schedule.intervalNanos(),
            schedule.timeoutNanos(),
            schedule.startDelayNanos(),
            0));
  }

  /// These with a single probe that is sent again while no reply comes, as by `fping(8)` without
  /// `-c` or `-C`. It takes the place of [#withCount]: the request ends with its first reply, or
  /// when as many retries have had none.
  ///
  /// Each probe is sent when the [timeout][#withTimeout] of the one before it is over, and waited
  /// for `backoff` times as long, but never longer than an hour; the [interval][#withInterval] does
  /// not matter. Each of them ends as exactly one outcome, numbered from 1: those before the
  /// answered one most often as [PingOutcome.TimedOut]. The first [PingOutcome.Reply] stops the
  /// retries, and so does a [PingOutcome.LateReply]; an ICMP error or a damaged reply does not.
  ///
  /// ```java
  /// PingOptions.DEFAULT.withTimeout(Duration.ofMillis(500)).withRetries(3, 1.5)
  /// ```
  ///
  /// @param retries 0 or more
  /// @param backoff 1 or more
  /// @throws IllegalArgumentException if one of them is out of its range
  public PingOptions withRetries(int retries, double backoff) {
    require(retries >= 0, "retries", retries, "0 or more");
    boolean holds = backoff >= 1 && backoff < Double.POSITIVE_INFINITY;
    require(holds, "backoff", backoff, "1 or more");
    return with(
        new ProbeSchedule(
            retries + 1L,
            schedule.intervalNanos(),
            schedule.timeoutNanos(),
            schedule.startDelayNanos(),
            backoff));
  }

  /// These with another time between a request's probes.
  ///
  /// @param interval 0 to [#MAX_WAIT]
  /// @throws IllegalArgumentException if `interval` is out of that range
  public PingOptions withInterval(Duration interval) {
    requireWait("interval", interval);
    return with(
        new ProbeSchedule(
            schedule.count(),
            interval.toNanos(),
            schedule.timeoutNanos(),
            schedule.startDelayNanos(),
            schedule.backoff()));
  }

  /// These with another time to wait for a reply.
  ///
  /// @param timeout more than 0, at most an hour
  /// @throws IllegalArgumentException if `timeout` is out of that range
  public PingOptions withTimeout(Duration timeout) {
    boolean holds = timeout.isPositive() && timeout.compareTo(MAX_TIMEOUT) <= 0;
    require(holds, "timeout", timeout, "more than 0 and at most an hour");
    return with(
        new ProbeSchedule(
            schedule.count(),
            schedule.intervalNanos(),
            timeout.toNanos(),
            schedule.startDelayNanos(),
            schedule.backoff()));
  }

  /// These with another delay before the first probe.
  ///
  /// @param startDelay 0 to [#MAX_WAIT]
  /// @throws IllegalArgumentException if `startDelay` is out of that range
  public PingOptions withStartDelay(Duration startDelay) {
    requireWait("startDelay", startDelay);
    return with(
        new ProbeSchedule(
            schedule.count(),
            schedule.intervalNanos(),
            schedule.timeoutNanos(),
            startDelay.toNanos(),
            schedule.backoff()));
  }

  /// These with replies from other addresses than the target's counted as replies, or not. A reply
  /// from elsewhere, as from another interface of the host, is then a [PingOutcome.Reply], whose
  /// [from][PingOutcome.Reply#from] is the responder's address, and no
  /// [PingOutcome.ReplyFromElsewhere]. Its cookie is checked all the same; a payload below 8 bytes
  /// has no cookie, so everybody's reply with the right identifier and sequence number counts.
  ///
  /// @param counts whether they count; by default they do not
  public PingOptions withAnySource(boolean counts) {
    return new PingOptions(schedule, form, counts);
  }

  /// These with ICMP timestamp requests (RFC 792) as probes, as by `fping --icmp-timestamp`. They
  /// take the place of [#withPayloadBytes] and have 12 bytes of payload. Their replies have
  /// [times][PingOutcome.Arrival#timestamps], and no cookie: a reply counts by the target's
  /// address, identifier and sequence number.
  ///
  /// IPv6 has none, and datagram sockets do not send any: such a probe ends as
  /// [PingOutcome.NotSent] with `EPROTONOSUPPORT`.
  public PingOptions withTimestampRequest() {
    return with(
        new ProbeForm(
            Kind.TIMESTAMP,
            ProbeForm.TIMESTAMP_BYTES,
            PayloadFill.COUNTING,
            form.header(),
            form.mode()));
  }

  /// These with another payload size, of echo requests.
  ///
  /// @param bytes after the ICMP header, 0 to [#MAX_PAYLOAD_BYTES]
  /// @throws IllegalArgumentException if `bytes` is out of that range
  public PingOptions withPayloadBytes(int bytes) {
    boolean holds = bytes >= 0 && bytes <= MAX_PAYLOAD_BYTES;
    require(holds, "payloadBytes", bytes, "0 to " + MAX_PAYLOAD_BYTES);
    return with(new ProbeForm(Kind.ECHO, bytes, form.fill(), form.header(), form.mode()));
  }

  /// These with another pattern of the payload, which repeats it from its beginning on, as by `ping
  /// -p`; cookie and tag of the pinger stand over its first 12 bytes. By default the bytes count up
  /// from 0.
  ///
  /// @param pattern at least one byte
  /// @throws IllegalArgumentException if it is empty
  public PingOptions withPattern(byte... pattern) {
    require(pattern.length > 0, "pattern", "empty", "one byte or more");
    return with(PayloadFill.repeating(pattern));
  }

  /// These with random payloads, another one in each probe, as by `fping -R`: links that compress
  /// cannot make them smaller.
  public PingOptions withRandomPayload() {
    return with(PayloadFill.RANDOM);
  }

  /// These with another TTL (IPv4) or hop limit (IPv6).
  ///
  /// @param hopLimit 1 to 255; 0 for the system's default
  /// @throws IllegalArgumentException if `hopLimit` is out of that range
  public PingOptions withHopLimit(int hopLimit) {
    boolean holds = hopLimit >= 0 && hopLimit <= 255;
    require(holds, "hopLimit", hopLimit, "1 to 255, or 0 for the default");
    return with(
        new Header(
            hopLimit, trafficClass(), source(), interfaceIndex(), mark(), flowLabel(), option()));
  }

  /// These with another TOS (IPv4) or traffic class (IPv6).
  ///
  /// @param trafficClass 0 to 255
  /// @throws IllegalArgumentException if `trafficClass` is out of that range
  public PingOptions withTrafficClass(int trafficClass) {
    boolean holds = trafficClass >= 0 && trafficClass <= 255;
    require(holds, "trafficClass", trafficClass, "0 to 255");
    return with(
        new Header(
            hopLimit(), trafficClass, source(), interfaceIndex(), mark(), flowLabel(), option()));
  }

  /// These with another source address.
  ///
  /// @param source an address of this host; null leaves the choice to routing
  public PingOptions withSource(@Nullable IpAddress source) {
    return with(
        new Header(
            hopLimit(), trafficClass(), source, interfaceIndex(), mark(), flowLabel(), option()));
  }

  /// These with another interface to send through.
  ///
  /// @param index of the interface, as `if_nametoindex(3)` returns it; 0 leaves the choice to
  ///   routing
  /// @throws IllegalArgumentException if `index` is negative
  public PingOptions withInterfaceIndex(int index) {
    require(index >= 0, "interfaceIndex", index, "0 or more");
    return with(
        new Header(hopLimit(), trafficClass(), source(), index, mark(), flowLabel(), option()));
  }

  /// These with another firewall mark (`SO_MARK` of `socket(7)`, which needs CAP_NET_ADMIN or,
  /// since Linux 5.17, CAP_NET_RAW).
  ///
  /// @param mark 32 bits; 0 sets none
  public PingOptions withMark(int mark) {
    return with(
        new Header(
            hopLimit(), trafficClass(), source(), interfaceIndex(), mark, flowLabel(), option()));
  }

  /// These with another flow label (RFC 6437), by which routers may choose among paths; IPv4 has
  /// none. While a program of the same network namespace has a label for its own use
  /// (`IPV6_FLOWLABEL_MGR`), as `ping -F` has, the kernel refuses others ([PingOutcome.NotSent]
  /// with `EINVAL`).
  ///
  /// @param flowLabel 20 bits, 0 to 1 048 575; 0 takes what the kernel chooses
  /// @throws IllegalArgumentException if `flowLabel` is out of that range
  public PingOptions withFlowLabel(int flowLabel) {
    boolean holds = flowLabel >= 0 && flowLabel <= MAX_FLOW_LABEL;
    require(holds, "flowLabel", flowLabel, "0 to " + MAX_FLOW_LABEL);
    return with(
        new Header(
            hopLimit(), trafficClass(), source(), interfaceIndex(), mark(), flowLabel, option()));
  }

  /// These with a record of the way in the IPv4 header, which the reply
  /// [has][PingOutcome.Arrival#recorded]. IPv6 has none; datagram sockets do not show it.
  ///
  /// @param recording by default [Recording#NONE]
  public PingOptions withRecording(Recording recording) {
    return with(
        new Header(
            hopLimit(),
            trafficClass(),
            source(),
            interfaceIndex(),
            mark(),
            flowLabel(),
            recording.option()));
  }

  /// These with another choice of fragmentation.
  ///
  /// @param pathMtu by default [PathMtu#SYSTEM]
  public PingOptions withPathMtu(PathMtu pathMtu) {
    return with(new Mode(pathMtu.number(), broadcast(), routing(), multicastLoop()));
  }

  /// These with probes to broadcast addresses, or without. The kernel knows from its routes which
  /// addresses these are, and without this option refuses them ([PingOutcome.NotSent] with
  /// `EACCES`). With it, an intact reply counts from whatever address it comes, as it does for a
  /// multicast address: the first is the [PingOutcome.Reply], those from further addresses are
  /// [PingOutcome.FurtherReply].
  ///
  /// @param isAllowed by default false
  public PingOptions withBroadcast(boolean isAllowed) {
    return with(new Mode(form.mode().pathMtu(), isAllowed, routing(), multicastLoop()));
  }

  /// These with probes sent through routers where the routes say so, or only to hosts on networks
  /// that this host is attached to (`SO_DONTROUTE` of `socket(7)`): others end as
  /// [PingOutcome.NotSent] with `ENETUNREACH`. It has no effect in IPv6, for which the kernel does
  /// not have it.
  ///
  /// @param isWanted by default true
  public PingOptions withRouting(boolean isWanted) {
    return with(new Mode(form.mode().pathMtu(), broadcast(), isWanted, multicastLoop()));
  }

  /// These with probes to multicast groups heard by this host too, or only by others.
  ///
  /// @param isWanted by default true
  public PingOptions withMulticastLoop(boolean isWanted) {
    return with(new Mode(form.mode().pathMtu(), broadcast(), routing(), isWanted));
  }

  private PingOptions with(ProbeSchedule newSchedule) {
    return new PingOptions(newSchedule, form, anySource);
  }

  private PingOptions with(PayloadFill newFill) {
    return with(new ProbeForm(form.kind(), payloadBytes(), newFill, form.header(), form.mode()));
  }

  private PingOptions with(Header newHeader) {
    return with(new ProbeForm(form.kind(), payloadBytes(), form.fill(), newHeader, form.mode()));
  }

  private PingOptions with(Mode newMode) {
    return with(new ProbeForm(form.kind(), payloadBytes(), form.fill(), form.header(), newMode));
  }

  private PingOptions with(ProbeForm newForm) {
    return new PingOptions(schedule, newForm, anySource);
  }

  private static void requireWait(String name, Duration wait) {
    require(!wait.isNegative() && wait.compareTo(MAX_WAIT) <= 0, name, wait, "0 to a day");
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }

  ProbeSchedule schedule() {
    return schedule;
  }

  ProbeForm form() {
    return form;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PingOptions options
        && schedule.equals(options.schedule)
        && form.equals(options.form)
        && anySource == options.anySource;
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule, form, anySource);
  }

  @Override
  public String toString() {
    return "PingOptions[%s, %s, anySource=%s]".formatted(schedule, form, anySource);
  }
}
