package io.ringtap.ping;

import io.ringtap.ping.engine.Engine;

/// How a pinger is opened. Immutable: each `with…` gives another one.
///
/// @param transport the kind of sockets
/// @param maxInFlight probes in flight and requests running at the most, a power of two from 1024
///   to 16 777 216. Each costs 64 bytes once it has been used
/// @param rate probes a second over all requests at the most; 0 sends as fast as the kernel takes
///   them
public record PingerOptions(Transport transport, int maxInFlight, double rate) {
  private static final int LEAST_IN_FLIGHT = 1024;

  /// Raw sockets if permitted, 262 144 probes in flight, no limit of rate.
  public static final PingerOptions DEFAULT = new PingerOptions(Transport.AUTO, 1 << 18, 0);

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
  }

  /// These with another kind of sockets.
  public PingerOptions withTransport(Transport newTransport) {
    return new PingerOptions(newTransport, maxInFlight, rate);
  }

  /// These with another limit of probes in flight.
  ///
  /// @param newMaxInFlight a power of two from 1024 to 16 777 216
  /// @throws IllegalArgumentException if it is anything else
  public PingerOptions withMaxInFlight(int newMaxInFlight) {
    return new PingerOptions(transport, newMaxInFlight, rate);
  }

  /// These with another limit of the rate.
  ///
  /// @param newRate probes a second over all requests; 0 for no limit
  /// @throws IllegalArgumentException if it is negative or NaN
  public PingerOptions withRate(double newRate) {
    return new PingerOptions(transport, maxInFlight, newRate);
  }
}
