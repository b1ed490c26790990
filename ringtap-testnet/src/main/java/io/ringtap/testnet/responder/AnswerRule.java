package io.ringtap.testnet.responder;

import io.ringtap.packet.IpAddress;
import java.util.Set;

/// Which addresses of a prefix answer, and how. Immutable: each `with…` gives another one.
///
/// What an address does follows from its last 32 bits only, so that a test can compute who answers.
///
/// @param silentPermille of the addresses that never answer
/// @param deafPermille of the addresses that do not answer their first `deafness` requests
/// @param deafness requests that those do not answer
/// @param openPorts TCP ports that answer SYN with SYN and ACK; all others answer with RST
public record AnswerRule(
    int silentPermille, int deafPermille, int deafness, Set<Integer> openPorts) {
  static final int PERMILLE = 1000;

  /// A multiplier without pattern: 2³² divided by the golden ratio.
  static final int MULTIPLIER = 0x9E37_79B1;

  static final int SHIFT = 12;

  /// Every address answers echo requests and UDP; no TCP port is open.
  public static final AnswerRule ALL = new AnswerRule(0, 0, 0, Set.of());

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if the shares are negative or more than the whole, or if
  ///   `deafness` is negative
  public AnswerRule {
    if (silentPermille < 0
        || deafPermille < 0
        || silentPermille + deafPermille > PERMILLE
        || deafness < 0) {
      throw new IllegalArgumentException(
          "%d silent and %d deaf of %d, for %d requests"
              .formatted(silentPermille, deafPermille, PERMILLE, deafness));
    }
    openPorts = Set.copyOf(openPorts);
  }

  /// This with a share of addresses that never answer.
  public AnswerRule withSilent(int permille) {
    return new AnswerRule(permille, deafPermille, deafness, openPorts);
  }

  /// This with a share of addresses that do not answer their first requests.
  public AnswerRule withDeaf(int permille, int requests) {
    return new AnswerRule(silentPermille, permille, requests, openPorts);
  }

  /// This with other open TCP ports.
  public AnswerRule withOpenPorts(Set<Integer> ports) {
    return new AnswerRule(silentPermille, deafPermille, deafness, ports);
  }

  private static int share(IpAddress address) {
    return Integer.remainderUnsigned(((int) address.low() * MULTIPLIER) >>> SHIFT, PERMILLE);
  }

  /// Whether an address never answers.
  public boolean isSilent(IpAddress address) {
    return share(address) < silentPermille;
  }

  /// Whether an address does not answer its first requests.
  public boolean isDeaf(IpAddress address) {
    int share = share(address);
    return share >= silentPermille && share < silentPermille + deafPermille;
  }
}
