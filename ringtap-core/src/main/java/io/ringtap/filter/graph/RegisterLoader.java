package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.Arrays;

/// Writes the instructions that bring terms into A and X, with as few of them as what the registers
/// hold already allows. One serves for a whole program; [#begin] starts the next piece.
final class RegisterLoader {
  /// Scratch words in a set of registers.
  static final int WORDS = (1 << BPF_MEMWORDS) - 1;

  /// The accumulator in a set of registers.
  static final int A = 1 << BPF_MEMWORDS;

  /// The index register in a set of registers.
  static final int X = A << 1;

  /// With more operations than this in two operands only one way is tried, for each choice doubles
  /// the time and more.
  private static final int MOST_BRANCHES_TO_TRY = 5;

  private final ScratchWords scratch;
  private int[] codes = new int[16];
  private int[] constants = new int[16];

  /// What the registers hold before each instruction.
  private RegisterState[] before = new RegisterState[16];

  private int length;
  private RegisterState state = RegisterState.unknown();

  RegisterLoader(ScratchWords scratch) {
    this.scratch = scratch;
  }

  /// Starts a piece of which the registers are in `start`.
  void begin(RegisterState start) {
    length = 0;
    state = start;
  }

  int length() {
    return length;
  }

  int code(int instruction) {
    return codes[instruction];
  }

  int constant(int instruction) {
    return constants[instruction];
  }

  /// What the registers hold before an instruction; after the last one, what they hold then.
  RegisterState before(int instruction) {
    return instruction == length ? state : before[instruction];
  }

  RegisterState state() {
    return state;
  }

  /// Brings `term` into A.
  void toA(Term term) {
    if (state.aHolds(term)) {
      return;
    }
    if (state.xHolds(term)) {
      emit(BPF_MISC | BPF_TXA, 0, state.withAOfX());
      return;
    }
    int word = state.wordOf(term);
    if (word < 0 && term.kind == TermKind.VARIABLE) {
      word = scratch.wordFor(term);
    }
    if (word >= 0) {
      emit(BPF_LD | BPF_MEM, word, state.withA(term));
      return;
    }
    compute(term);
    keepA(term);
  }

  /// Brings `term` into X. What A holds is lost unless [#isLoadableToX] says otherwise.
  void toX(Term term) {
    if (state.xHolds(term)) {
      return;
    }
    if (state.aHolds(term)) {
      emit(BPF_MISC | BPF_TAX, 0, state.withXOfA());
      return;
    }
    int word = state.wordOf(term);
    if (word < 0 && term.kind == TermKind.VARIABLE) {
      word = scratch.wordFor(term);
    }
    if (word >= 0) {
      emit(BPF_LDX | BPF_MEM, word, state.withX(term));
    } else if (term.isConstant()) {
      emit(BPF_LDX | BPF_IMM, term.k, state.withX(term));
    } else if (term.kind == TermKind.LENGTH) {
      emit(BPF_LDX | BPF_W | BPF_LEN, 0, state.withX(term));
    } else if (term.headerAt >= 0) {
      emit(BPF_LDX | BPF_B | BPF_MSH, term.headerAt, state.withX(term));
      keepX(term);
    } else {
      toA(term);
      emit(BPF_MISC | BPF_TAX, 0, state.withXOfA());
    }
  }

  /// Brings one term into A and another into X.
  ///
  /// @param eitherWay whether `left` may as well come into X and `right` into A
  /// @return whether they are the other way round
  boolean toAAndX(Term left, Term right, boolean eitherWay) {
    if (left.branches + right.branches > MOST_BRANCHES_TO_TRY) {
      return toAAndXDirectly(left, right, eitherWay);
    }
    int mark = length;
    RegisterState start = state;
    int best = -1;
    int shortest = Integer.MAX_VALUE;
    for (int way = 0; way < PAIR_WAYS && (way < ROUNDABOUT_WAYS || best < 0); way++) {
      for (int side = 0; side <= (eitherWay ? 1 : 0); side++) {
        if (pair(side == 0 ? left : right, side == 0 ? right : left, way)
            && length - mark < shortest) {
          shortest = length - mark;
          best = 2 * way + side;
        }
        length = mark;
        state = start;
      }
    }
    boolean swapped = best % 2 == 1;
    pair(swapped ? right : left, swapped ? left : right, best / 2);
    return swapped;
  }

  /// As [#toAAndX] without a choice, in time that grows only with the terms' weight.
  private boolean toAAndXDirectly(Term left, Term right, boolean eitherWay) {
    boolean swapped = eitherWay && needsAAlone(right) && !needsAAlone(left);
    Term inA = swapped ? right : left;
    Term inX = swapped ? left : right;
    if (!needsAAlone(inA) || !pair(inA, inX, 1)) {
      pair(inA, inX, 2);
    }
    return swapped;
  }

  private static boolean needsAAlone(Term term) {
    return switch (term.kind) {
      case CONSTANT, LENGTH, ANCILLARY, VARIABLE -> true;
      case LOAD -> term.isAbsoluteLoad() && term.k >= 0;
      case NONE, RELATION, NEGATION -> false;
      default -> isByImmediate(term) && needsAAlone(term.left);
    };
  }

  private static final int PAIR_WAYS = 4;

  /// The first of the ways that take a scratch word.
  private static final int ROUNDABOUT_WAYS = 2;

  /// Tries a way to bring one term into A and another into X.
  ///
  /// @return whether it worked; if not, what was written is to be taken back
  private boolean pair(Term inA, Term inX, int way) {
    switch (way) {
      case 0 -> { // A first, then X past it
        toA(inA);
        if (!isLoadableToX(inX)) {
          return false;
        }
        toX(inX);
      }
      case 1 -> { // X first, then A past it
        toX(inX);
        if (!leavesX(inA)) {
          return false;
        }
        toA(inA);
      }
      case 2 -> { // X's by way of a scratch word
        toA(inX);
        int word = scratch.borrow();
        emit(BPF_ST, word, state.withWord(word, inX));
        toA(inA);
        toX(inX);
        scratch.giveBack(word);
      }
      default -> { // A's by way of a scratch word
        toA(inA);
        int word = scratch.borrow();
        emit(BPF_ST, word, state.withWord(word, inA));
        toX(inX);
        toA(inA);
        scratch.giveBack(word);
        if (!state.xHolds(inX)) {
          return false;
        }
      }
    }
    return state.aHolds(inA) && state.xHolds(inX);
  }

  /// Whether X can be loaded with `term` and A stays.
  private boolean isLoadableToX(Term term) {
    return state.xHolds(term)
        || state.aHolds(term)
        || term.isConstant()
        || term.kind == TermKind.LENGTH
        || term.kind == TermKind.VARIABLE
        || term.headerAt >= 0
        || state.wordOf(term) >= 0;
  }

  /// Whether A can be loaded with `term` and X stays.
  private boolean leavesX(Term term) {
    if (state.aHolds(term) || state.xHolds(term) || state.wordOf(term) >= 0) {
      return true;
    }
    return switch (term.kind) {
      case LOAD -> (term.isAbsoluteLoad() && term.k >= 0) || indexDistance(term) >= 0;
      case CONSTANT, ANCILLARY, LENGTH, VARIABLE -> true;
      case NEGATION -> leavesX(term.left);
      case NONE, RELATION -> false;
      default ->
          isByImmediate(term) ? leavesX(term.left) : state.xHolds(term.right) && leavesX(term.left);
    };
  }

  /// Whether the second operand can stand in the instruction.
  private static boolean isByImmediate(Term term) {
    boolean divides = term.kind == TermKind.DIVIDE || term.kind == TermKind.MODULO;
    return term.right.isConstant() && !(divides && term.right.k == 0);
  }

  private void compute(Term term) {
    switch (term.kind) {
      case CONSTANT -> emit(BPF_LD | BPF_IMM, term.k, state.withA(term));
      case LENGTH -> emit(BPF_LD | BPF_W | BPF_LEN, 0, state.withA(term));
      case ANCILLARY -> emit(BPF_LD | BPF_W | BPF_ABS, term.k, state.withA(term));
      case LOAD -> load(term);
      case NEGATION -> {
        toA(term.left);
        emit(BPF_ALU | BPF_NEG, 0, state.withA(term));
      }
      case NONE, VARIABLE, RELATION ->
          throw new IllegalArgumentException("not to be computed: " + term);
      default -> {
        if (isByImmediate(term)) {
          toA(term.left);
          emit(BPF_ALU | term.kind.operation | BPF_K, term.right.k, state.withA(term));
        } else {
          toAAndX(term.left, term.right, term.kind.isCommutative());
          emit(BPF_ALU | term.kind.operation | BPF_X, 0, state.withA(term));
        }
      }
    }
  }

  private void load(Term term) {
    int size =
        switch (term.width) {
          case 1 -> BPF_B;
          case 2 -> BPF_H;
          default -> BPF_W;
        };
    if (term.isAbsoluteLoad() && term.k >= 0) {
      emit(BPF_LD | size | BPF_ABS, term.k, state.withA(term));
      return;
    }
    if (indexDistance(term) < 0) {
      toX(term.left);
    }
    emit(BPF_LD | size | BPF_IND, indexDistance(term), state.withA(term));
  }

  /// How far after X a load reaches; negative if X holds nothing to reach it from.
  private int indexDistance(Term load) {
    if (state.xHolds(load.left)) {
      return load.k;
    }
    int distance = distance(load, state.x);
    return distance >= 0 ? distance : distance(load, state.alsoX);
  }

  private static int distance(Term load, Term x) {
    // X may hold the index with a constant more; offsets have no sign, so not one with less.
    if (x.isByConstant(TermKind.ADD) && x.left == load.left && x.right.k >= 0 && load.k >= 0) {
      return load.k - x.right.k;
    }
    return -1;
  }

  /// Stores what A holds where the program asks for it later.
  void keepA(Term term) {
    int word = scratch.kept(term);
    if (word >= 0 && state.word(word) != term) {
      emit(BPF_ST, word, state.withWord(word, term));
    }
  }

  /// Stores what X holds where the program asks for it later.
  void keepX(Term term) {
    int word = scratch.kept(term);
    if (word >= 0 && state.word(word) != term) {
      emit(BPF_STX, word, state.withWord(word, term));
    }
  }

  /// Computes `value`, into X or A, and from there on takes it for `variable`.
  void assign(Term variable, Term value, boolean intoX) {
    if (intoX) {
      toX(value);
    } else {
      toA(value);
    }
    boolean fromX = !state.aHolds(value);
    state = state.assigned(variable, value);
    if (fromX) {
      keepX(variable);
    } else {
      keepA(variable);
    }
  }

  void emit(int code, int k, RegisterState after) {
    if (length == codes.length) {
      codes = Arrays.copyOf(codes, length * 2);
      constants = Arrays.copyOf(constants, length * 2);
      before = Arrays.copyOf(before, length * 2);
    }
    codes[length] = code;
    constants[length] = k;
    before[length] = state;
    length++;
    state = after;
  }

  /// The registers that an instruction reads.
  static int reads(int code, int k) {
    int x = sourceOf(code) == BPF_X ? X : 0;
    return switch (classOf(code)) {
      case BPF_LD -> modeOf(code) == BPF_MEM ? 1 << k : modeOf(code) == BPF_IND ? X : 0;
      case BPF_LDX -> modeOf(code) == BPF_MEM ? 1 << k : 0;
      case BPF_ST -> A;
      case BPF_STX -> X;
      case BPF_ALU -> operationOf(code) == BPF_NEG ? A : A | x;
      case BPF_JMP -> A | x;
      case BPF_RET -> 0;
      default -> code == (BPF_MISC | BPF_TAX) ? A : X;
    };
  }

  /// The registers that an instruction writes.
  static int writes(int code, int k) {
    return switch (classOf(code)) {
      case BPF_LD, BPF_ALU -> A;
      case BPF_LDX -> X;
      case BPF_ST, BPF_STX -> 1 << k;
      case BPF_JMP, BPF_RET -> 0;
      default -> code == (BPF_MISC | BPF_TAX) ? X : A;
    };
  }
}
