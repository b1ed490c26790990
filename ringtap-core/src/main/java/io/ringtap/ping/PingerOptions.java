package io.ringtap.ping;

import io.ringtap.ping.engine.Engine;
import io.ringtap.ping.engine.Pace;
import java.time.Duration;
import java.util.concurrent.Executor;

/// How a pinger is opened. Immutable: each `with…` gives another one.
///
/// @param transport the kind of sockets
/// @param replies where replies are taken from
/// @param maxInFlight probes in flight and requests running at the most, a power of two from 1024
///   to 16 777 216. Each costs 64 bytes once it has been used
/// @param rate probes a second over all requests at the most; 0 sends as fast as the kernel takes
///   them
/// @param slack how late a probe may leave, and a reply be read, so that what is due at about the
///   same time costs one wake-up of a processor and not many; from none to a second. It changes no
///   round-trip time and no decision, only how early one hears of it. Probes are never late by more
///   than a twentieth of the shortest interval, and less where more than a batch would come
///   together; how late stays the same from probe to probe. For what goes on for long
/// @param identifier the ICMP identifier of all probes, of which 65 536 are then in flight at the
///   most; [#ANY_IDENTIFIER] has the pinger or the kernel choose what no other program uses
/// @param executor where futures complete, and so where what depends on them runs. By default each
///   on a virtual thread of its own. `Runnable::run` completes them on the pinger's threads, which
///   costs least, but then nothing that depends on them may block
public record PingerOptions(
    Transport transport,
    ReplySource replies,
    int maxInFlight,
    double rate,
    Duration slack,
    int identifier,
    Executor executor) {
  /// The identifier that leaves the choice to the pinger, or with datagram sockets to the kernel.
  public static final int ANY_IDENTIFIER = -1;

  private static final int LEAST_IN_FLIGHT = 1024;

  private static final Duration MOST_SLACK = Duration.ofSeconds(1);

  /// Raw sockets if permitted, replies as the host accepts them, 262 144 probes in flight, no limit
  /// of rate and no slack, completions on virtual threads.
  public static final PingerOptions DEFAULT =
      new PingerOptions(
          Transport.AUTO,
          ReplySource.HOST,
          1 << 18,
          0,
          Duration.ZERO,
          ANY_IDENTIFIER,
          Thread::startVirtualThread);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException naming the option and what it may be
  public PingerOptions {
    if (maxInFlight < LEAST_IN_FLIGHT
        || maxInFlight > Engine.MAX_IN_FLIGHT
        || Integer.bitCount(maxInFlight) != 1) {
      throw new IllegalArgumentException(
          "maxInFlight is "
              + maxInFlight
              + "; it must be a power of two from "
              + LEAST_IN_FLIGHT
              + " to "
              + Engine.MAX_IN_FLIGHT);
    }
    if (!(rate >= 0)) {
      throw new IllegalArgumentException("rate is " + rate + "; it must be 0 (unlimited) or more");
    }
    if (slack.isNegative() || slack.compareTo(MOST_SLACK) > 0) {
      throw new IllegalArgumentException("slack is " + slack + "; it must be 0 to 1 s");
    }
    if (identifier < ANY_IDENTIFIER || identifier > 0xFFFF) {
      throw new IllegalArgumentException("identifier is " + identifier + "; it must be 0 to 65535");
    }
    if (replies == ReplySource.TAP && transport == Transport.DATAGRAM) {
      throw new IllegalArgumentException("replies from a tap need raw sockets, not datagram ones");
    }
  }

  /// These with another kind of sockets.
  ///
  /// @throws IllegalArgumentException if they are datagram sockets and replies come from a tap
  public PingerOptions withTransport(Transport newTransport) {
    return new PingerOptions(newTransport, replies, maxInFlight, rate, slack, identifier, executor);
  }

  /// These with another limit of probes in flight.
  ///
  /// @param newMaxInFlight a power of two from 1024 to 16 777 216
  /// @throws IllegalArgumentException if it is anything else
  public PingerOptions withMaxInFlight(int newMaxInFlight) {
    return new PingerOptions(transport, replies, newMaxInFlight, rate, slack, identifier, executor);
  }

  /// These with another limit of the rate.
  ///
  /// @param newRate probes a second over all requests; 0 for no limit
  /// @throws IllegalArgumentException if it is negative or NaN
  public PingerOptions withRate(double newRate) {
    return new PingerOptions(transport, replies, maxInFlight, newRate, slack, identifier, executor);
  }

  /// These with another slack, which is of use where many requests go on for long.
  ///
  /// @param newSlack 0 to 1 s
  /// @throws IllegalArgumentException if it is anything else
  public PingerOptions withSlack(Duration newSlack) {
    return new PingerOptions(transport, replies, maxInFlight, rate, newSlack, identifier, executor);
  }

  /// These with a certain ICMP identifier, as by `ping -e`. A packet of another program with the
  /// same one is still told apart by the probes' cookies.
  ///
  /// @param newIdentifier 0 to 65 535, or [#ANY_IDENTIFIER]; with datagram sockets not 0, and none
  ///   that another program has
  /// @throws IllegalArgumentException if it is anything else
  public PingerOptions withIdentifier(int newIdentifier) {
    return new PingerOptions(transport, replies, maxInFlight, rate, slack, newIdentifier, executor);
  }

  /// These with replies taken from somewhere else.
  ///
  /// @throws IllegalArgumentException if they are to come from a tap beside datagram sockets
  public PingerOptions withReplies(ReplySource newReplies) {
    return new PingerOptions(transport, newReplies, maxInFlight, rate, slack, identifier, executor);
  }

  /// These with futures completed elsewhere.
  ///
  /// @param newExecutor takes one task for each future; what it refuses a virtual thread does
  public PingerOptions withExecutor(Executor newExecutor) {
    return new PingerOptions(transport, replies, maxInFlight, rate, slack, identifier, newExecutor);
  }

  Pace pace() {
    return new Pace(rate, slack.toNanos());
  }
}
