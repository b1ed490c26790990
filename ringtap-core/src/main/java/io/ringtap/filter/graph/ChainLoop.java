package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

/// The loop that walks a chain of headers. It begins with the number of the next protocol in A, and
/// in X how far its header is from [#base].
///
/// Every extension header's first byte says what follows it and its second how long it is: in
/// eights beyond the first (RFC 8200), of an authentication header in fours beyond two (RFC 4302).
final class ChainLoop {
  private static final int AUTHENTICATION = 51;
  private static final int[] EXTENSIONS = {0, 60, 43, 44};
  private static final int IPV6_HEADER = 40;
  private static final int LENGTH_STEPS = 5;

  private ChainLoop() {}

  /// Brings A and X to where the loop begins.
  static void prepare(Decision chain, TermTable terms, RegisterLoader preparation) {
    Term network = chain.left;
    int offsetOfNext = chain.chainVersion() == 4 ? 9 : 6;
    Term next = terms.load(1, network, offsetOfNext);
    preparation.toAAndX(next, start(chain, terms), false);
  }

  private static Term start(Decision chain, TermTable terms) {
    Term network = chain.left;
    if (chain.chainVersion() == 4) {
      Term first = terms.load(1, network, 0);
      Term length = terms.operation(TermKind.SHIFT_LEFT, terms.and(first, 0xF), terms.constant(2));
      return network.isConstant() ? length : terms.operation(TermKind.ADD, network, length);
    }
    return network.isConstant()
        ? terms.constant(IPV6_HEADER)
        : terms.operation(TermKind.ADD, network, terms.constant(IPV6_HEADER));
  }

  /// What loads in the loop add to X.
  private static int base(Decision chain) {
    return chain.left.isConstant() ? chain.left.k : 0;
  }

  /// What the registers hold after the loop: nothing is known of A, X and the word that it uses.
  static RegisterState after(RegisterState state, int word) {
    return state.withoutRegisters().withWord(word, Term.NONE);
  }

  /// Writes the loop, from its last instruction to its first.
  static void write(CodeGenerator.Block block, ProgramLayout layout) {
    Decision chain = block.decision;
    int word = block.word;
    int base = base(chain);
    boolean isIpv6 = chain.chainVersion() == 6;
    int tests = isIpv6 ? 2 + EXTENSIONS.length : 2;
    int steps = isIpv6 ? 15 : 9;
    int yes = layout.near(layout.yes(block), tests + steps + 1);
    int no = layout.near(layout.no(block), tests + steps);

    layout.add(BPF_JMP | BPF_JA, -(tests + steps));
    layout.add(BPF_LD | BPF_MEM, word);
    layout.add(BPF_MISC | BPF_TAX, 0);
    layout.add(BPF_ALU | BPF_ADD | BPF_X, 0);
    if (isIpv6) {
      writeLength(layout, base, word, 1, 3);
      layout.add(BPF_JMP | BPF_JA, LENGTH_STEPS); // to where the length is added to X
    }
    writeLength(layout, base, word, 2, 2);
    layout.addJump(BPF_JMP | BPF_JEQ | BPF_K, AUTHENTICATION, layout.here(), no);
    if (isIpv6) {
      int extension = layout.here() - 2 - LENGTH_STEPS; // after the authentication header's steps
      for (int protocol : EXTENSIONS) {
        layout.addJump(BPF_JMP | BPF_JEQ | BPF_K, protocol, extension, layout.here());
      }
    }
    layout.addJump(BPF_JMP | BPF_JEQ | BPF_K, chain.chainProtocol(), yes, layout.here());
  }

  /// Keeps the number of the protocol that follows a header, and computes the header's length.
  private static void writeLength(
      ProgramLayout layout, int base, int word, int counted, int shift) {
    layout.add(BPF_ALU | BPF_LSH | BPF_K, shift);
    layout.add(BPF_ALU | BPF_ADD | BPF_K, counted);
    layout.add(BPF_LD | BPF_B | BPF_IND, base + 1);
    layout.add(BPF_ST, word);
    layout.add(BPF_LD | BPF_B | BPF_IND, base);
  }
}
