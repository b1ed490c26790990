package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.Exchange;
import io.ringtap.testnet.load.EchoTraffic;
import java.util.Optional;

/// What comes to the pinger's machine beside the answers to its own probes.
enum FloodPhase {
  /// Nothing.
  QUIET("quiet"),

  /// Other hosts ping this one, which does not answer (`icmp_echo_ignore_all`), so that the cost is
  /// that of looking at them and not of answering.
  ORDINARY("ordinary echo"),

  /// Echo replies as if other pingers on this machine had asked the same target: of the same size
  /// and from its address. Nothing but the identifier distinguishes them from answers to the
  /// pinger's own.
  LOOK_ALIKES("look-alikes");

  private static final int OTHER_HOSTS = 1 << 16;
  private static final int IDENTIFIERS = 1 << 12;
  private static final int HALF_WAY_ROUND = 1 << 15;

  private final String label;

  FloodPhase(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /// The flood; empty where all is quiet. Its identifiers lie as far as can be from the one that
  /// the pinger was seen to use, as a pinger may own some beside it.
  Optional<EchoTraffic> traffic(String destinationMac, Exchange first) {
    int identifier = first.identifier() + HALF_WAY_ROUND - IDENTIFIERS / 2 & 0xffff;
    return switch (this) {
      case QUIET -> Optional.empty();
      case ORDINARY ->
          Optional.of(
              new EchoTraffic(
                  false,
                  destinationMac,
                  PingGround.HERE,
                  "10.128.0.0",
                  OTHER_HOSTS,
                  identifier,
                  IDENTIFIERS));
      case LOOK_ALIKES ->
          Optional.of(
              new EchoTraffic(
                  true,
                  destinationMac,
                  PingGround.HERE,
                  PingGround.THERE,
                  1,
                  identifier,
                  IDENTIFIERS));
    };
  }
}
