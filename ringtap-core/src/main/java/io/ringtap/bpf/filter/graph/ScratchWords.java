package io.ringtap.bpf.filter.graph;

import static io.ringtap.bpf.BpfOpcode.BPF_MEMWORDS;

import io.ringtap.bpf.filter.FilterException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/// Which terms have a word of scratch memory, and which words are free. What is asked for while a
/// program is written is there when it is written the next time.
final class ScratchWords {
  private static final int MOST_CANDIDATES = 6;

  private final IdentityHashMap<Term, Integer> words = new IdentityHashMap<>();
  private final IdentityHashMap<Term, Integer> computed = new IdentityHashMap<>();
  private int used;
  private boolean grown;

  /// @param kept terms that are to be stored wherever they are computed
  ScratchWords(List<Term> kept) {
    for (Term term : kept) {
      words.put(term, borrow());
    }
  }

  /// The word that `term` is to be stored in whenever it is computed; negative if in none.
  int kept(Term term) {
    return words.isEmpty() ? -1 : words.getOrDefault(term, -1);
  }

  /// The word of a term that a program cannot do without storing.
  int wordFor(Term term) {
    Integer word = words.get(term);
    if (word == null) {
      word = borrow();
      words.put(term, word);
      grown = true;
    }
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
      throw new FilterException(
          0, "the filter needs more than the 16 words of scratch memory that a program has");
    }
    used |= 1 << word;
    return word;
  }

  void giveBack(int word) {
    used &= ~(1 << word);
  }

  /// Notes that instructions were written that compute `term`.
  void count(Term term) {
    if (term.weight > 3) {
      computed.merge(term, 1, Integer::sum);
    }
  }

  /// Terms that take several instructions and were computed more than once, the longest first.
  List<Term> computedOften() {
    List<Term> often = new ArrayList<>();
    computed.forEach((term, times) -> {
      if (times > 1 && term.headerAt < 0) {
        often.add(term);
      }
    });
    often.sort(
        Comparator.comparingInt((Term term) -> -term.weight).thenComparingInt(term -> term.id));
    return often.subList(0, Math.min(often.size(), MOST_CANDIDATES));
  }
}
