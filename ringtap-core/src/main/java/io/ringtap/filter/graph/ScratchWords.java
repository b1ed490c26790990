package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.BPF_MEMWORDS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which terms have a word of scratch memory, and which words are free. What is asked for while a
/// program is written is there when it is written the next time.
final class ScratchWords {
  private static final int MOST_CANDIDATES = 6;

  /// The term that each word of [#owned] is for.
  private final Term[] owners = new Term[BPF_MEMWORDS];

  private int owned;
  private int used;
  private boolean grown;

  /// @param kept terms that are to be stored wherever they are computed
  ScratchWords(List<Term> kept) {
    for (Term term : kept) {
      own(term);
    }
  }

  /// The word that `term` is to be stored in whenever it is computed; negative if in none.
  int kept(Term term) {
    for (int left = owned; left != 0; left &= left - 1) {
      int word = Integer.numberOfTrailingZeros(left);
      if (owners[word] == term) {
        return word;
      }
    }
    return -1;
  }

  /// The word of a term that a program cannot do without storing.
  int wordFor(Term term) {
    int word = kept(term);
    if (word < 0) {
      word = own(term);
      grown = true;
    }
    return word;
  }

  private int own(Term term) {
    int word = borrow();
    owners[word] = term;
    owned |= 1 << word;
    return word;
  }

  /// Whether a word was asked for since the last time.
  boolean hasGrown() {
    boolean was = grown;
    grown = false;
    return was;
  }

  int borrow() {
    int word = Integer.numberOfTrailingZeros(~used);
    if (word >= BPF_MEMWORDS) {
      throw new ProgramLimitException(
          "the filter needs more than the 16 words of scratch memory that a program has");
    }
    used |= 1 << word;
    return word;
  }

  void giveBack(int word) {
    used &= ~(1 << word);
  }

  /// Of terms that were computed, each as often as it was, those that were so more than once, the
  /// longest first.
  static List<Term> often(List<Term> computed) {
    if (computed.size() < 2) {
      return List.of();
    }
    Set<Term> once = new HashSet<>();
    Set<Term> twice = new HashSet<>();
    for (Term term : computed) {
      if (!once.add(term)) {
        twice.add(term);
      }
    }
    List<Term> often = new ArrayList<>(twice);
    often.sort(
        Comparator.comparingInt((Term term) -> -term.weight).thenComparingInt(term -> term.id));
    return often.subList(0, Math.min(often.size(), MOST_CANDIDATES));
  }
}
