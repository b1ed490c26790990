package io.ringtap.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.explanation.Explanation;
import io.ringtap.filter.graph.GraphCompiler;
import io.ringtap.filter.graph.ProgramLimitException;
import io.ringtap.filter.lowering.Lowering;
import io.ringtap.filter.lowering.PacketForm;
import io.ringtap.filter.syntax.Expression;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.Parser;
import io.ringtap.filter.syntax.SetFiles;
import io.ringtap.packet.LinkType;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Compiles filters of tcpdump's language, as pcap-filter(7) describes it. Pure but for the names
/// that it looks up: the same text and options give the same program on any machine.
///
/// A program is for a socket, or to be read; to decide on packets, a [PacketFilter] is all it
/// takes.
public final class FilterCompiler {
  private FilterCompiler() {}

  /// The program for packets of savefiles.
  ///
  /// @param snaplen bytes of a matching packet to keep
  /// @throws FilterException if `expression` is no filter for this link type
  public static BpfProgram compile(String expression, LinkType linkType, int snaplen) {
    return compile(expression, FilterOptions.of(linkType).withSnaplen(snaplen));
  }

  /// The program that decides on packets: bytes to keep, 0 to drop the packet. An expression of
  /// nothing but blanks matches every packet; one that no packet can match gives a program that
  /// [matches nothing][BpfProgram#matchesNothing], if that could be proved. A program with a loop
  /// ([BpfProgram#loops]) or of more than 4096 instructions ([BpfProgram#isTooLong]) is not for the
  /// kernel.
  ///
  /// @throws FilterException if `expression` is no filter for these options
  public static BpfProgram compile(String expression, FilterOptions options) {
    return compile(parse(expression), options);
  }

  static BpfProgram compile(@Nullable Expression tree, FilterOptions options) {
    return compiled(
        tree,
        options,
        (condition, table) ->
            GraphCompiler.compile(condition, table, options.snaplen(), options.optimize()));
  }

  /// Whether `expression` may match a packet whose link header says that a VLAN tag follows. False
  /// only if that is proved.
  ///
  /// @throws FilterException if `expression` is no filter for these options
  public static boolean canMatchTagged(String expression, FilterOptions options) {
    return compiled(
        parse(expression),
        options,
        (condition, table) ->
            !GraphCompiler.compile(
                    Lowering.whereTagged(condition, options.linkType()),
                    table,
                    options.snaplen(),
                    true)
                .matchesNothing());
  }

  /// The program for `expression` with its decisions, drawn.
  ///
  /// @throws FilterException if `expression` is no filter for these options
  public static FilterGraph graph(String expression, FilterOptions options) {
    return compiled(
        parse(expression),
        options,
        (condition, table) -> {
          GraphCompiler.Drawn drawn =
              GraphCompiler.draw(condition, table, options.snaplen(), options.optimize());
          return new FilterGraph(drawn.program(), drawn.dot());
        });
  }

  private static <T> T compiled(
      @Nullable Expression tree,
      FilterOptions options,
      BiFunction<Condition, LookupTable, T> last) {
    PacketForm form =
        new PacketForm(
            options.linkType(),
            options.view() == PacketView.SOCKET,
            options.view() != PacketView.SAVEFILE,
            options.anyVlan(),
            options.looksRowsUp() && options.optimize(),
            options.netmask());
    try {
      LookupTable.Builder sets = new LookupTable.Builder();
      Condition condition = Lowering.lower(tree, form, options.names(), sets);
      return last.apply(condition, sets.build());
    } catch (ExpressionException e) {
      throw FilterException.of(e);
    } catch (ProgramLimitException e) {
      throw FilterException.of(e);
    }
  }

  /// Says in English which packets `expression` matches, and what it implies without saying so: a
  /// few lines, each with its end. Where a word such as `vlan` moves what was probably not meant, a
  /// warning says so, and what may have been meant. It reads only the text, so nothing is known of
  /// link types.
  ///
  /// @throws FilterException if `expression` is no filter for any packets
  public static String explain(String expression) {
    return explain(expression, false);
  }

  /// The same for a filter that [looks through VLAN tags][FilterOptions#anyVlan], or not.
  ///
  /// @throws FilterException if `expression` is no filter for any packets
  public static String explain(String expression, boolean anyVlan) {
    Expression tree = parse(expression);
    return tree == null ? "Every packet matches.\n" : Explanation.explain(tree, anyVlan);
  }

  /// Reads `expression` and no more, for one whose packets are not known yet.
  ///
  /// @throws FilterException if it is no filter for any packets
  public static void check(String expression) {
    Expression _ = parse(expression);
  }

  /// The files whose sets `expression` asks for, as it names them, each once.
  ///
  /// @throws FilterException if it is no filter for any packets
  public static Set<String> setFiles(String expression) {
    Expression tree = parse(expression);
    return tree == null ? Set.of() : SetFiles.of(tree);
  }

  /// The tree of `expression`; null if it is blank.
  static @Nullable Expression parse(String expression) {
    try {
      return Parser.parse(expression);
    } catch (ExpressionException e) {
      throw FilterException.of(e);
    }
  }
}
