package io.ringtap.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.graph.Condition;
import io.ringtap.filter.graph.GraphCompiler;
import io.ringtap.filter.lowering.Lowering;
import io.ringtap.filter.syntax.Explanation;
import io.ringtap.filter.syntax.Expression;
import io.ringtap.filter.syntax.Parser;
import io.ringtap.packet.LinkType;

/// Compiles filters of tcpdump's language, as pcap-filter(7) describes it. Pure but for the names
/// that it looks up: the same text and options give the same program on any machine.
public final class FilterCompiler {
  private FilterCompiler() {}

  /// The program for packets of savefiles.
  ///
  /// @param snaplen octets of a matching packet to keep
  /// @throws FilterException if `expression` is no filter for this link type
  public static BpfProgram compile(String expression, LinkType linkType, int snaplen) {
    return compile(expression, FilterOptions.of(linkType).withSnaplen(snaplen)).program();
  }

  /// Compiles `expression`; one of nothing but blanks matches every packet.
  ///
  /// @throws FilterException if `expression` is no filter for these options
  public static CompiledFilter compile(String expression, FilterOptions options) {
    BpfProgram program =
        GraphCompiler.compile(
            condition(expression, options), options.snaplen(), options.optimize());
    return new CompiledFilter(expression, options, program);
  }

  static Condition condition(String expression, FilterOptions options) {
    return Lowering.lower(Parser.parse(expression), options);
  }

  /// Tells in English which packets `expression` matches, and what it implies without saying so: a
  /// few lines, each with its end. It reads the text alone, so nothing is known of link types.
  ///
  /// @throws FilterException if `expression` is no filter for any packets
  public static String explain(String expression) {
    Expression tree = Parser.parse(expression);
    return tree == null ? "Every packet matches.\n" : Explanation.explain(tree);
  }

  /// Reads `expression` and no more, for one whose packets are not known yet.
  ///
  /// @throws FilterException if it is no filter for any packets
  public static void check(String expression) {
    Expression _ = Parser.parse(expression);
  }
}
