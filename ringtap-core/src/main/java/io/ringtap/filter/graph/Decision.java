package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.BPF_JEQ;
import static io.ringtap.bpf.BpfOpcode.BPF_JGE;
import static io.ringtap.bpf.BpfOpcode.BPF_JSET;

import org.jspecify.annotations.Nullable;

/// A node of the graph: what is done, and where it goes on. A [DecisionTable] makes each but once.
/// Only the fields that a node's kind has are distinguished by it; the others lead to the node
/// itself.
final class Decision {
  enum Kind {
    ACCEPT,
    REJECT,
    TEST,
    ASSIGN,
    CHAIN
  }

  /// The relations of a test. What else there is, is one of these with the branches changed over.
  enum Test {
    EQUAL("==", BPF_JEQ),
    AT_LEAST(">=", BPF_JGE),
    ANY_BIT("&", BPF_JSET);

    final String symbol;

    /// The operation of [io.ringtap.bpf.BpfOpcode] that jumps by it.
    final int operation;

    Test(String symbol, int operation) {
      this.operation = operation;
      this.symbol = symbol;
    }
  }

  final Kind kind;
  final Test test;

  /// The left side of a test, the value of an assignment, the network header of a chain.
  final Term left;

  /// The right side of a test; the variable of an assignment.
  final Term right;

  /// Of a chain, the IP version in the high byte and the protocol in the low one.
  final int k;

  final Decision yes;
  final Decision no;
  final int id;

  /// The variables whose value on entry matters, as [Term#variableBit] has them.
  final long needs;

  /// Scratch of whoever walks the graph: the place in the last order made of it.
  int place = -1;

  /// Scratch of [DecisionTable#inOrder]: the last walk that came here.
  int walk;

  private Decision(
      Kind kind,
      Test test,
      Term left,
      Term right,
      int k,
      @Nullable Decision yes,
      @Nullable Decision no,
      int id) {
    this.kind = kind;
    this.test = test;
    this.left = left;
    this.right = right;
    this.k = k;
    this.yes = yes == null ? this : yes;
    this.no = no == null ? this : no;
    this.id = id;
    this.needs =
        switch (kind) {
          case ACCEPT, REJECT -> 0;
          case ASSIGN -> left.variables | (this.yes.needs & ~right.variables);
          case TEST, CHAIN -> left.variables | right.variables | this.yes.needs | this.no.needs;
        };
  }

  static Decision end(Kind kind, int id) {
    return new Decision(kind, Test.EQUAL, Term.NONE, Term.NONE, 0, null, null, id);
  }

  static Decision inner(
      Kind kind, Test test, Term left, Term right, int k, Decision yes, Decision no, int id) {
    return new Decision(kind, test, left, right, k, yes, no, id);
  }

  boolean isEnd() {
    return kind == Kind.ACCEPT || kind == Kind.REJECT;
  }

  int chainVersion() {
    return k >>> 8;
  }

  int chainProtocol() {
    return k & 0xFF;
  }
}
