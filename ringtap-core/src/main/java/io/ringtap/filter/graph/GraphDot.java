package io.ringtap.filter.graph;

/// Writes a graph in the language of Graphviz (DOT): solid edges where a decision holds, dashed
/// ones where it does not.
final class GraphDot {
  private GraphDot() {}

  static String of(Decision[] order) {
    StringBuilder dot = new StringBuilder(64 * order.length).append("digraph filter {\n");
    for (Decision decision : order) {
      dot.append("  n").append(decision.place).append(" [label=\"").append(label(decision));
      dot.append(decision.isEnd() ? "\", shape=box];\n" : "\"];\n");
      if (!decision.isEnd()) {
        edge(dot, decision, decision.yes, ";\n");
      }
      if (decision.no != decision.yes) {
        edge(dot, decision, decision.no, " [style=dashed];\n");
      }
    }
    return dot.append("}\n").toString();
  }

  private static void edge(StringBuilder dot, Decision from, Decision to, String end) {
    dot.append("  n").append(from.place).append(" -> n").append(to.place).append(end);
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
