package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Output;
import io.ringtap.error.Errno;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.RttStatistics;
import java.util.function.LongSupplier;

/// One target, printed as `ping` of iputils prints it.
public final class ClassicView implements PingView {
  private final Output out;
  private final boolean isQuiet;
  private final boolean isStamped;
  private final LongSupplier clock;
  private final StringBuilder text = new StringBuilder(128);
  private long begin;

  /// @param isQuiet whether to leave out the probes' lines
  /// @param isStamped whether lines begin with the time
  /// @param clock monotonic nanoseconds
  public ClassicView(Output out, boolean isQuiet, boolean isStamped, LongSupplier clock) {
    this.out = out;
    this.isQuiet = isQuiet;
    this.isStamped = isStamped;
    this.clock = clock;
  }

  @Override
  public synchronized void onTarget(PingRequest request) {
    begin = clock.getAsLong();
    text.setLength(0);
    text.append("PING ").append(Target.nameOf(request)).append(" (").append(request.target());
    text.append(") ").append(request.options().payloadBytes()).append(" bytes of data.");
    out.line(text);
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (isQuiet || outcome instanceof PingOutcome.Withdrawn) {
      return;
    }
    text.setLength(0);
    if (isStamped) {
      Figures.stamp(text, outcome.epochNanos());
    }
    append(request, outcome);
    out.line(text);
  }

  private void append(PingRequest request, PingOutcome outcome) {
    IpAddress target = request.target();
    long sequence = outcome.sequence();
    switch (outcome) {
      case PingOutcome.Reply reply ->
          reply(request, reply.from(), sequence, reply.hopLimit(), reply.rttNanos());
      case PingOutcome.ReplyFromElsewhere reply -> {
        reply(request, reply.from(), sequence, reply.hopLimit(), reply.rttNanos());
        text.append(" (DIFFERENT ADDRESS!)");
      }
      case PingOutcome.Corrupted reply -> {
        reply(request, target, sequence, reply.hopLimit(), reply.rttNanos());
        text.append(
            switch (reply.damage()) {
              case CHECKSUM -> " (BAD CHECKSUM!)";
              case PAYLOAD -> " (WRONG DATA!)";
              case TRUNCATED -> " (TRUNCATED!)";
            });
      }
      case PingOutcome.LateReply reply -> {
        reply(request, target, sequence, reply.hopLimit(), reply.rttNanos());
        text.append(" (LATE!)");
      }
      case PingOutcome.Duplicate reply -> {
        reply(request, reply.from(), sequence, reply.hopLimit(), reply.rttNanos());
        text.append(" (DUP!)");
        if (!reply.from().equals(target)) {
          text.append(" (DIFFERENT ADDRESS!)");
        }
      }
      case PingOutcome.FurtherReply reply ->
          reply(request, reply.from(), sequence, reply.hopLimit(), reply.rttNanos());
      case PingOutcome.Notice notice -> refusal(target, notice);
      case PingOutcome.IcmpError error -> refusal(target, error);
      case PingOutcome.LateError error -> {
        refusal(target, error);
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

  private void reply(
      PingRequest request, IpAddress from, long sequence, int hopLimit, long rttNanos) {
    text.append(request.options().payloadBytes() + IcmpHeader.BYTES).append(" bytes from ");
    text.append(from).append(": icmp_seq=").append(sequence);
    if (hopLimit > 0) {
      text.append(" ttl=").append(hopLimit);
    }
    Figures.millis(text.append(" time="), rttNanos).append(" ms");
  }

  private void refusal(IpAddress target, PingOutcome.Refusal error) {
    text.append("From ").append(error.from()).append(" icmp_seq=").append(error.sequence());
    text.append(' ').append(description(target, error));
    if (error.mtu() > 0) {
      text.append(target.isIpv6() ? ": mtu=" : " (mtu = ").append(error.mtu());
      text.append(target.isIpv6() ? "" : ")");
    }
  }

  static String reason(PingOutcome.NotSent unsent) {
    return unsent.errno().equals(Errno.EACCES)
        ? "a broadcast address; -b sends there"
        : unsent.errno().toString();
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

  @Override
  public synchronized void onSummary(PingSummary summary) {
    text.setLength(0);
    text.append("\n--- ").append(Target.nameOf(summary.request())).append(" ping statistics ---\n");
    text.append(summary.counts().sent()).append(" packets transmitted, ");
    text.append(summary.counts().received()).append(" received");
    SummaryText.counts(text, summary.counts());
    double loss = summary.counts().lossRatio();
    if (!Double.isNaN(loss)) {
      Figures.percent(text.append(", "), loss).append(" packet loss");
    }
    text.append(", time ").append((clock.getAsLong() - begin) / 1_000_000).append("ms");
    if (summary.rtt().count() > 0) {
      roundTrips(summary.rtt(), summary.stamp().word());
    }
    out.line(text);
  }

  /// The last line is exactly that of ping, because many programs read it.
  private void roundTrips(RttStatistics rtt, String stamps) {
    Figures.fixedMillis(text.append("\nquantiles p50/p90/p99 = "), rtt.median()).append('/');
    Figures.fixedMillis(text, rtt.quantile(0.9)).append('/');
    Figures.fixedMillis(text, rtt.quantile(0.99)).append(" ms, jitter ");
    Figures.fixedMillis(text, rtt.jitter()).append(" ms, stamps ").append(stamps);
    Figures.fixedMillis(text.append("\nrtt min/avg/max/mdev = "), rtt.min()).append('/');
    Figures.fixedMillis(text, rtt.mean()).append('/');
    Figures.fixedMillis(text, rtt.max()).append('/');
    Figures.fixedMillis(text, rtt.stddev()).append(" ms");
  }
}
