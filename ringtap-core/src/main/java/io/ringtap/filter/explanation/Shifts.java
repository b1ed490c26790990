package io.ringtap.filter.explanation;

import io.ringtap.filter.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The encapsulations that a text has named so far. What is written after them is looked for inside
/// of them, on whichever side of an `and` or `or`, and whether they are there or not.
///
/// Which of them surely are there at some part of the text is a set of bits, one for each in the
/// order of the text; of more than 64 nothing is said.
final class Shifts {
  private static final String[] ORDINALS = {"first", "second", "third"};

  /// A word that moves what is written after it.
  enum Kind {
    VLAN("vlan", "a VLAN tag"),
    MPLS("mpls", "an MPLS label"),
    PPPOES("pppoes", "a PPPoE session header"),
    GENEVE("geneve", "a Geneve header"),
    VXLAN("vxlan", "a VXLAN header");

    final String word;
    final String header;

    Kind(String word, String header) {
      this.word = word;
      this.header = header;
    }

    /// The kind of a part of a filter; null if it moves nothing.
    static @Nullable Kind of(Expression expression) {
      return switch (expression) {
        case Expression.Vlan _ -> VLAN;
        case Expression.Mpls _ -> MPLS;
        case Expression.PppoeSession _ -> PPPOES;
        case Expression.Geneve _ -> GENEVE;
        case Expression.Vxlan _ -> VXLAN;
        default -> null;
      };
    }

    boolean isTunnel() {
      return this == GENEVE || this == VXLAN;
    }
  }

  private final List<Kind> passed = new ArrayList<>();
  private final boolean anyVlan;

  /// @param anyVlan whether VLAN tags are looked through, so that `vlan` moves nothing
  Shifts(boolean anyVlan) {
    this.anyVlan = anyVlan;
  }

  /// Whether a part of a filter moves what is written after it.
  boolean moves(Kind kind) {
    return kind != Kind.VLAN || !anyVlan || passed.stream().anyMatch(Kind::isTunnel);
  }

  /// Goes past a word.
  ///
  /// @param certain those that surely are there where the word stands
  /// @return those that surely are there if the word holds
  long pass(Kind kind, long certain) {
    int place = passed.size();
    passed.add(kind);
    return place < Long.SIZE ? certain | 1L << place : certain;
  }

  /// Whether all that were named are surely there.
  boolean areAll(long certain) {
    int count = Math.min(passed.size(), Long.SIZE);
    return count == 0 || certain << (Long.SIZE - count) == -1L << (Long.SIZE - count);
  }

  /// `after a VLAN tag and an MPLS label: `.
  String prefix() {
    StringBuilder text = new StringBuilder("after ");
    for (int i = 0; i < passed.size(); i++) {
      text.append(i == 0 ? "" : i == passed.size() - 1 ? " and " : ", ");
      text.append(i > 0 && passed.get(i) == passed.get(i - 1) ? "another" : passed.get(i).header);
    }
    return text.append(": ").toString();
  }

  /// What a word calls the header that it asks for: `a second VLAN tag`.
  String header(Kind kind) {
    int before = 0;
    for (int i = passed.size() - 1; i >= 0 && passed.get(i) == kind; i--) {
      before++;
    }
    if (before == 0) {
      return kind.header;
    }
    String noun = kind.header.substring(kind.header.indexOf(' ') + 1);
    return before < ORDINALS.length ? "a " + ORDINALS[before] + " " + noun : "a further " + noun;
  }

  /// The words that were passed, each once.
  List<Kind> kinds() {
    return passed.stream().distinct().toList();
  }
}
