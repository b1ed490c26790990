package io.ringtap.ping;

/// Whether packets may be fragmented, and what their size is held against, as `IP_MTU_DISCOVER` of
/// `ip(7)` and `IPV6_MTU_DISCOVER` of `ipv6(7)` have it. A probe that is larger than it may be is
/// not sent ([PingOutcome.NotSent] with `EMSGSIZE`).
public enum PathMtu {
  /// As the system has it: [#WANT], or [#DONT] if `net.ipv4.ip_no_pmtu_disc` says so.
  SYSTEM("system", -1),
  /// No fragments: packets carry "don't fragment" (DF), and those larger than the path's known MTU
  /// are not sent.
  DO("do", 2),
  /// Packets carry DF, and those larger than the path's known MTU are fragmented by this host.
  WANT("want", 1),
  /// Packets do not carry DF: routers may fragment those of IPv4.
  DONT("dont", 0),
  /// As [#DO], but only the MTU of the interface counts: what was learned of the path is not
  /// heeded.
  PROBE("probe", 3);

  private final String word;
  private final int number;

  /// @param number the kernel's
  PathMtu(String word, int number) {
    this.word = word;
    this.number = number;
  }

  /// The word that stands on the command line, that of `ping -M`.
  public String word() {
    return word;
  }

  int number() {
    return number;
  }

  static PathMtu of(int number) {
    for (PathMtu each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    throw new IllegalArgumentException("no such path MTU: " + number);
  }
}
