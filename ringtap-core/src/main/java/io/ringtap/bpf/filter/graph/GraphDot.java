package io.ringtap.bpf.filter.graph;

/// Writes a graph in the language of Graphviz (DOT): solid edges where a decision holds, dashed
/// ones where it does not.
final class GraphDot {
  private GraphDot() {}

  static String of(Decision[] order) {
    StringBuilder dot = new StringBuilder("digraph filter {\n");
    for (Decision decision : order) {
      dot.append(
          "  n%d [label=\"%s\"%s];\n"
              .formatted(decision.place, label(decision), decision.isEnd() ? ", shape=box" : ""));
      switch (decision.kind) {
        case TEST, CHAIN -> {
          dot.append("  n%d -> n%d;\n".formatted(decision.place, decision.yes.place));
          dot.append("  n%d -> n%d [style=dashed];\n".formatted(decision.place, decision.no.place));
        }
        case ASSIGN -> dot.append("  n%d -> n%d;\n".formatted(decision.place, decision.yes.place));
        case ACCEPT, REJECT -> {}
      }
    }
    return dot.append("}\n").toString();
  }

  private static String label(Decision decision) {
    return switch (decision.kind) {
      case ACCEPT -> "accept";
      case REJECT -> "reject";
      case TEST -> decision.left + " " + decision.test.symbol + " " + decision.right;
      case ASSIGN -> decision.right + " = " + decision.left;
      case CHAIN ->
          "protocol %d in the IPv%d headers from %s"
              .formatted(decision.chainProtocol(), decision.chainVersion(), decision.left);
    };
  }
}
