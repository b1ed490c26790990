package io.ringtap.system.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.LinkType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the judged compiler and a judge say different things.
///
/// @param verdict on a packet; null if they do not come that far
/// @param detail what each says, with the programs
record Disagreement(
    Kind kind, String expression, LinkType linkType, @Nullable Verdict verdict, String detail) {
  Disagreement(Kind kind, String expression, LinkType linkType, String detail) {
    this(kind, expression, linkType, null, detail);
  }

  /// What the judged program says of a packet.
  ///
  /// @param judges those who say something else
  record Verdict(TestPacket packet, int given, List<BpfProgram> judges) {}

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

  /// Whether another, of a shorter expression, is of the same kind.
  boolean isLike(@Nullable Disagreement other) {
    return other != null
        && other.kind == kind
        && (kind != Kind.ACCEPTED || other.detail.equals(detail));
  }

  @Override
  public String toString() {
    String where = verdict == null ? "" : "packet " + verdict.packet() + "\n";
    return "%s on %s: %s%n%s%s".formatted(kind, linkType.word(), expression, where, detail);
  }
}
