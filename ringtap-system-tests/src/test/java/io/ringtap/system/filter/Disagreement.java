package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;

/// Where the judged compiler and a judge say different things.
///
/// @param detail what each says, with the programs
record Disagreement(Kind kind, String expression, LinkType linkType, String detail) {
  enum Kind {
    /// libpcap's programs agree on a packet, and ours does not agree with them.
    VERDICT,
    /// The kernel does something else with our program than the interpreter does.
    KERNEL_VERDICT,
    /// The kernel does not take our program.
    KERNEL_REFUSES,
    /// libpcap has a program, and we have none.
    REFUSED,
    /// libpcap says that it is no filter, and we have a program.
    ACCEPTED,
    /// libpcap's program is none that Linux accepts, so that it cannot judge.
    NO_JUDGE,
    /// The compiler fails without a word for its user, or only with its optimizer or only without.
    CRASH
  }

  @Override
  public String toString() {
    return "%s on %s: %s%n%s".formatted(kind, linkType.word(), expression, detail);
  }
}
