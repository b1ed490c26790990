package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.BPF_MEMWORDS;

import java.util.Arrays;

/// What is known of A, X and the scratch memory at some place of a program: which terms they hold.
/// Each register may hold two at once, for a term that was assigned is its variable too. Immutable.
@SuppressWarnings("ReferenceEquality") // the same array holds the same
final class RegisterState {
  private static final Term[] NO_WORDS = new Term[BPF_MEMWORDS];

  static {
    Arrays.fill(NO_WORDS, Term.NONE);
  }

  private static final RegisterState UNKNOWN =
      new RegisterState(Term.NONE, Term.NONE, Term.NONE, Term.NONE, NO_WORDS);

  final Term a;
  final Term alsoA;
  final Term x;
  final Term alsoX;
  private final Term[] words;

  private RegisterState(Term a, Term alsoA, Term x, Term alsoX, Term[] words) {
    this.a = a;
    this.alsoA = alsoA;
    this.x = x;
    this.alsoX = alsoX;
    this.words = words;
  }

  /// Before the first instruction: the kernel and every interpreter begin with zero in A and X.
  static RegisterState initial(Term zero) {
    return new RegisterState(zero, Term.NONE, zero, Term.NONE, NO_WORDS);
  }

  boolean aHolds(Term term) {
    return term == a || term == alsoA;
  }

  boolean xHolds(Term term) {
    return term == x || term == alsoX;
  }

  /// The scratch word that holds `term`; negative if none does.
  int wordOf(Term term) {
    if (words != NO_WORDS) {
      for (int word = 0; word < words.length; word++) {
        if (words[word] == term) {
          return word;
        }
      }
    }
    return -1;
  }

  Term word(int word) {
    return words[word];
  }

  RegisterState withA(Term term) {
    return new RegisterState(term, Term.NONE, x, alsoX, words);
  }

  RegisterState withX(Term term) {
    return new RegisterState(a, alsoA, term, Term.NONE, words);
  }

  RegisterState withXOfA() {
    return new RegisterState(a, alsoA, a, alsoA, words);
  }

  RegisterState withAOfX() {
    return new RegisterState(x, alsoX, x, alsoX, words);
  }

  RegisterState withWord(int word, Term term) {
    Term[] changed = words.clone();
    changed[word] = term;
    return new RegisterState(a, alsoA, x, alsoX, changed);
  }

  /// This, but for the registers of `written`, which are as in `other`.
  RegisterState withFrom(RegisterState other, int written) {
    if ((written & RegisterLoader.A) != 0) {
      return new RegisterState(other.a, other.alsoA, x, alsoX, words);
    }
    if ((written & RegisterLoader.X) != 0) {
      return new RegisterState(a, alsoA, other.x, other.alsoX, words);
    }
    int word = Integer.numberOfTrailingZeros(written);
    return withWord(word, other.words[word]);
  }

  /// Nothing but what the scratch memory holds.
  RegisterState withoutRegisters() {
    return new RegisterState(Term.NONE, Term.NONE, Term.NONE, Term.NONE, words);
  }

  /// Once `variable` has a new value, of which `value` is the term: what depended on the old one is
  /// forgotten, and whatever register holds the value holds the variable.
  RegisterState assigned(Term variable, Term value) {
    boolean inA = aHolds(value);
    boolean inX = xHolds(value);
    Term keptA = inA ? kept(value, variable) : kept(a, variable);
    Term keptX = inX ? kept(value, variable) : kept(x, variable);
    Term[] keptWords = words;
    for (int word = 0; word < words.length; word++) {
      if (kept(words[word], variable) != words[word]) {
        if (keptWords == words) {
          keptWords = words.clone();
        }
        keptWords[word] = Term.NONE;
      }
    }
    return new RegisterState(
        keptA,
        inA ? variable : kept(alsoA, variable),
        keptX,
        inX ? variable : kept(alsoX, variable),
        keptWords);
  }

  private static Term kept(Term term, Term variable) {
    return (term.variables & variable.variables) == 0 ? term : Term.NONE;
  }

  /// What holds here and there.
  RegisterState meet(RegisterState other) {
    if (this == other) {
      return this;
    }
    Term bothA = common(a, alsoA, other.a, other.alsoA);
    Term bothAlsoA = bothA == a ? common(alsoA, Term.NONE, other.a, other.alsoA) : Term.NONE;
    Term bothX = common(x, alsoX, other.x, other.alsoX);
    Term bothAlsoX = bothX == x ? common(alsoX, Term.NONE, other.x, other.alsoX) : Term.NONE;
    Term[] both = words;
    if (words != other.words) {
      both = words.clone();
      for (int word = 0; word < both.length; word++) {
        if (both[word] != other.words[word]) {
          both[word] = Term.NONE;
        }
      }
    }
    return new RegisterState(bothA, bothAlsoA, bothX, bothAlsoX, both);
  }

  private static Term common(Term one, Term two, Term otherOne, Term otherTwo) {
    if (one != Term.NONE && (one == otherOne || one == otherTwo)) {
      return one;
    }
    return two != Term.NONE && (two == otherOne || two == otherTwo) ? two : Term.NONE;
  }

  /// Whether each register and word of `live` holds here what it does in `wanted`.
  ///
  /// @param live a bit for each scratch word, then [RegisterLoader#A] and [RegisterLoader#X]
  boolean satisfies(RegisterState wanted, int live) {
    if ((live & RegisterLoader.A) != 0 && common(a, alsoA, wanted.a, wanted.alsoA) == Term.NONE) {
      return false;
    }
    if ((live & RegisterLoader.X) != 0 && common(x, alsoX, wanted.x, wanted.alsoX) == Term.NONE) {
      return false;
    }
    int liveWords = live & RegisterLoader.WORDS;
    while (liveWords != 0) {
      int word = Integer.numberOfTrailingZeros(liveWords);
      if (words[word] == Term.NONE || words[word] != wanted.words[word]) {
        return false;
      }
      liveWords &= liveWords - 1;
    }
    return true;
  }

  static RegisterState unknown() {
    return UNKNOWN;
  }
}
