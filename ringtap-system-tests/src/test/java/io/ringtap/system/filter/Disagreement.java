package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import org.jspecify.annotations.Nullable;

/// Where the judged compiler and a judge say different things.
///
/// @param packet on which they do; null if they do not come that far
/// @param detail what each says, with the programs
record Disagreement(
    Kind kind, String expression, LinkType linkType, @Nullable TestPacket packet, String detail) {
  Disagreement(Kind kind, String expression, LinkType linkType, String detail) {
    this(kind, expression, linkType, null, detail);
  }

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
    String where = packet == null ? "" : "packet " + packet + "\n";
    return "%s on %s: %s%n%s%s".formatted(kind, linkType.word(), expression, where, detail);
  }
}
