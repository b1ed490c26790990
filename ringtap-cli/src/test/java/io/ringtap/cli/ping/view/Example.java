package io.ringtap.cli.ping.view;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.error.Errno;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.StampSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Outcomes and summaries for views to tell, and what they told.
final class Example {
  static final IpAddress ADDRESS = IpAddress.parse("192.0.2.7");
  static final IpAddress ROUTER = IpAddress.parse("192.0.2.1");
  static final PingRequest REQUEST = new PingRequest(ADDRESS, 0, PingOptions.DEFAULT, null);
  static final PingRequest IPV6_REQUEST =
      new PingRequest(IpAddress.parse("2001:db8::7"), 0, PingOptions.DEFAULT, null);
  static final long NOON = 1_700_000_000_123_456_789L; // nanoseconds since the epoch

  /// One of each outcome, in an order in which they might happen.
  static final List<PingOutcome> OUTCOMES =
      List.of(
          new PingOutcome.Reply(1, arrival(ADDRESS, 31_400, 64, NOON)),
          new PingOutcome.Duplicate(1, arrival(ADDRESS, 41_400, 64, NOON + 1)),
          new PingOutcome.Duplicate(1, arrival(ROUTER, 51_400, 64, NOON + 2)),
          new PingOutcome.ReplyFromElsewhere(2, arrival(ROUTER, 3_141_592, 63, NOON + 3)),
          new PingOutcome.Corrupted(
              3, PingOutcome.Damage.CHECKSUM, 18, arrival(ADDRESS, 31_415_926, 64, NOON + 4)),
          new PingOutcome.Corrupted(
              4, PingOutcome.Damage.PAYLOAD, 18, arrival(ADDRESS, 314_159_265, 64, NOON + 5)),
          new PingOutcome.Corrupted(
              5, PingOutcome.Damage.TRUNCATED, 9, arrival(ADDRESS, 999_600, 64, NOON + 6)),
          new PingOutcome.IcmpError(6, 3, 1, 0, arrival(ROUTER, 52_000, 64, NOON + 7)),
          new PingOutcome.TimedOut(7, 1_000_000_000, true, NOON + 8),
          new PingOutcome.TimedOut(8, 1_000_000_000, false, NOON + 9),
          new PingOutcome.LateReply(
              7, new Arrival(ADDRESS, 1_234_500_000, 64, StampSource.KERNEL_RECEIVE, NOON + 10)),
          new PingOutcome.NotSent(9, Errno.ENETUNREACH, 0, NOON + 11),
          new PingOutcome.Withdrawn(10, NOON + 12),
          new PingOutcome.IcmpError(11, 3, 4, 1400, arrival(ROUTER, 52_000, 64, NOON + 13)),
          new PingOutcome.LateError(8, 3, 1, 0, arrival(ROUTER, 3_052_000_000L, 64, NOON + 14)),
          new PingOutcome.Unroutable(12, Errno.EINVAL, NOON + 15),
          new PingOutcome.Unroutable(13, Errno.EACCES, NOON + 16),
          new PingOutcome.Unroutable(1L << 32, Errno.EHOSTUNREACH, NOON + 17),
          new PingOutcome.NotSent(14, Errno.EMSGSIZE, 1500, NOON + 18),
          new PingOutcome.Notice(15, 5, 1, arrival(ROUTER, 53_000, 64, NOON + 19)));

  private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();

  final Output out = new Output(sink, _ -> {});
  final Messages messages = new Messages("ringtap ping", new PrintWriter(errors, true));

  private static Arrival arrival(IpAddress from, long rttNanos, int hopLimit, long epochNanos) {
    return new Arrival(from, rttNanos, hopLimit, StampSource.KERNEL, epochNanos);
  }

  /// Three replies and one loss.
  static PingSummary summary(PingRequest request) {
    RttRecorder rtts = new RttRecorder();
    rtts.record(31_000);
    rtts.record(47_000);
    rtts.record(36_000);
    return new PingSummary(
        request,
        new PingCounts(4, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        rtts.snapshot(),
        StampSource.KERNEL);
  }

  /// Something of everything.
  static PingSummary troubled(PingRequest request) {
    RttRecorder rtts = new RttRecorder();
    rtts.record(31_400);
    return new PingSummary(
        request,
        new PingCounts(9, 1, 1, 3, 1, 2, 1, 1, 1, 4, 2, 5, 0, 0, 6),
        rtts.snapshot(),
        StampSource.KERNEL_RECEIVE);
  }

  /// Nothing was sent.
  static PingSummary silent(PingRequest request) {
    return new PingSummary(
        request,
        new PingCounts(0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0),
        new RttRecorder().snapshot(),
        StampSource.KERNEL);
  }

  String told() {
    out.drain(TimeUnit.SECONDS.toNanos(10));
    return sink.toString(StandardCharsets.UTF_8);
  }

  String toldOnStandardError() {
    return errors.toString();
  }
}
