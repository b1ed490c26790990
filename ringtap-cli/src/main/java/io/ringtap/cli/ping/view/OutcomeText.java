package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.HopRecord;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.RecordedHop;
import io.ringtap.target.Scope;

/// What became of a probe, in the words of `ping` of iputils. One thread at a time uses it.
public final class OutcomeText {
  private static final String GC_THRESH = "sysctl net.ipv4.neigh.default.gc_thresh3";

  /// How outcomes are written.
  ///
  /// @param isStamped whether lines begin with the time
  /// @param isExact whether times have three decimals, however long they are
  /// @param isAudible whether a terminal beeps at each reply
  public record Style(boolean isStamped, boolean isExact, boolean isAudible) {
    /// As ping has it without options.
    public static final Style PLAIN = new Style(false, false, false);
  }

  private static final char BELL = '\u0007';

  private final StringBuilder text;
  private final Style style;

  /// @param text what it is appended to
  OutcomeText(StringBuilder text, Style style) {
    this.text = text;
    this.style = style;
  }

  /// Begins a line, with the time if that is wanted.
  void begin(long epochNanos) {
    text.setLength(0);
    if (style.isStamped()) {
      Figures.stamp(text, epochNanos);
    }
  }

  /// Appends it, without an end of line.
  void append(PingRequest request, PingOutcome outcome) {
    IpAddress target = request.target();
    long sequence = outcome.sequence();
    switch (outcome) {
      case PingOutcome.Reply reply -> {
        reply(request, reply.from(), reply);
        if (style.isAudible()) {
          text.append(BELL);
        }
      }
      case PingOutcome.ReplyFromElsewhere reply -> {
        reply(request, reply.from(), reply);
        text.append(" (DIFFERENT ADDRESS!)");
      }
      case PingOutcome.Corrupted reply -> {
        reply(request, target, reply);
        text.append(
            switch (reply.damage()) {
              case CHECKSUM -> " (BAD CHECKSUM!)";
              case PAYLOAD -> " (WRONG DATA!)";
              case TRUNCATED -> " (TRUNCATED!)";
            });
      }
      case PingOutcome.LateReply reply -> {
        reply(request, target, reply);
        text.append(" (LATE!)");
      }
      case PingOutcome.Duplicate reply -> {
        reply(request, reply.from(), reply);
        text.append(" (DUP!)");
        if (!reply.from().equals(target)) {
          text.append(" (DIFFERENT ADDRESS!)");
        }
      }
      case PingOutcome.FurtherReply reply -> reply(request, reply.from(), reply);
      case PingOutcome.Notice notice -> refusal(request, notice);
      case PingOutcome.IcmpError error -> refusal(request, error);
      case PingOutcome.LateError error -> {
        refusal(request, error);
        text.append(" (LATE!)");
      }
      case PingOutcome.TimedOut timeout -> {
        text.append("no answer for icmp_seq=").append(sequence).append(" within ");
        Figures.millis(text, request.options().timeout().toNanos()).append(" ms");
        text.append(timeout.departed() ? "" : ": its departure was not seen");
      }
      case PingOutcome.Dropped _ ->
          text.append("icmp_seq=")
              .append(sequence)
              .append(": this machine dropped the answer, for want of room");
      case PingOutcome.NotSent unsent ->
          text.append("icmp_seq=").append(sequence).append(" not sent: ").append(reason(unsent));
      case PingOutcome.Unroutable unroutable ->
          text.append("icmp_seq=")
              .append(sequence)
              .append(" not sent: ")
              .append(reason(unroutable));
      case PingOutcome.Withdrawn _ ->
          text.append("icmp_seq=").append(sequence).append(" withdrawn");
    }
  }

  private void reply(PingRequest request, IpAddress from, PingOutcome.Answered reply) {
    text.append(request.options().payloadBytes() + IcmpHeader.BYTES).append(" bytes from ");
    text.append(Scope.text(from, request.scopeId())).append(": icmp_seq=");
    text.append(reply.sequence());
    if (reply.hopLimit() > 0) {
      text.append(" ttl=").append(reply.hopLimit());
    }
    text.append(" time=");
    if (style.isExact()) {
      Figures.fixedMillis(text, reply.rttNanos()).append(" ms");
    } else {
      Figures.millis(text, reply.rttNanos()).append(" ms");
    }
    recorded(reply.arrival().recorded(), request.options().recording().hasTimes());
  }

  /// What the header has recorded of the way: addresses, or times in milliseconds since midnight
  /// UT.
  private void recorded(HopRecord recorded, boolean hasTimes) {
    if (recorded.isEmpty()) {
      return;
    }
    text.append(hasTimes ? " TS:" : " RR:");
    for (RecordedHop hop : recorded.hops()) {
      text.append(' ');
      if (hop.address() != null) {
        text.append(hop.address());
      }
      if (hasTimes) {
        text.append(hop.address() == null ? "" : "@").append(Integer.toUnsignedLong(hop.millis()));
      }
    }
    if (recorded.unrecorded() > 0) {
      text.append(" (").append(recorded.unrecorded()).append(" unrecorded)");
    }
  }

  private void refusal(PingRequest request, PingOutcome.Refusal error) {
    IpAddress target = request.target();
    text.append("From ").append(Scope.text(error.from(), request.scopeId()));
    text.append(" icmp_seq=").append(error.sequence());
    text.append(' ').append(description(target, error));
    if (error.mtu() > 0) {
      text.append(target.isIpv6() ? ": mtu=" : " (mtu = ").append(error.mtu());
      text.append(target.isIpv6() ? "" : ")");
    }
  }

  /// Why a probe was not sent, and what helps.
  static String reason(PingOutcome.NotSent unsent) {
    Errno errno = unsent.errno();
    if (errno.equals(Errno.EACCES)) {
      return "a broadcast address; -b sends there";
    }
    if (errno.equals(Errno.ENOBUFS)) {
      return errno + ": the interface's queue is full, or the neighbour table (" + GC_THRESH + ")";
    }
    return unsent.mtu() > 0 ? errno + ", mtu=" + unsent.mtu() : errno.toString();
  }

  static String reason(PingOutcome.Unroutable unroutable) {
    Errno errno = unroutable.errno();
    return errno.equals(Errno.EINVAL)
        ? "blackhole route"
        : errno.equals(Errno.EACCES) ? "prohibit route" : errno.toString();
  }

  static String description(IpAddress target, PingOutcome.Refusal error) {
    return target.isIpv6()
        ? Icmpv6Type.description(error.type(), error.code())
        : IcmpType.description(error.type(), error.code());
  }
}
