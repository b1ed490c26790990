package io.ringtap.filter.ebpf;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R5;

import io.ringtap.bpf.LookupTable;
import io.ringtap.bpf.TableWords;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
import java.util.function.Supplier;

/// Writes look-ups in [TableWords]: of the number in R0, which the next state replaces. R1, R4 and
/// R5 are written to.
///
/// There are no loops. The search in a cell or run has no branches: where a key is less than the
/// number, the sign of their difference becomes a bit of the state, or the step. So the processor
/// has nothing to guess, and the verifier few paths to follow. The sign is not made a mask, because
/// newer verifiers follow both values of such a mask as paths of their own.
final class SetLookup {
  private static final EbpfRegister NUMBER = R0;
  private static final EbpfRegister STEP = R1;
  private static final EbpfRegister PLACE = R4;
  private static final EbpfRegister REFERENCE = R5;
  private static final EbpfRegister CELL = R5; // until its reference is taken out

  private static final int CELL_SHIFT = 3; // from the number of a cell to its offset

  /// More than any step goes from an offset within the words.
  private static final int SLACK = TableWords.LONG_WORDS * Integer.BYTES;

  private final TableWords table;
  private final EbpfAssembler out;
  private final String name;

  private final Supplier<String> miss;

  /// Adds the words to the program.
  ///
  /// @param miss gives the label for what cannot be: the verifier does not know that all offsets
  ///   are within the words
  SetLookup(TableWords table, EbpfAssembler out, Supplier<String> miss) {
    this.table = table;
    this.out = out;
    this.miss = miss;
    this.name = out.freshLabel("sets");
    out.data(name, table.words());
  }

  /// A look-up that begins in a state.
  ///
  /// @param missFirst whether the verifier is to follow the branch to the miss first
  void write(int state, boolean missFirst) {
    if (state < 0 || state >= table.states()) {
      out.apply32(Arithmetic.MOVE, NUMBER, LookupTable.NO);
      return;
    }
    int root = table.root(state);
    Steps steps = new Steps(missFirst);
    if ((root & TableWords.BLOCK) != 0) {
      out.apply32(Arithmetic.MOVE, REFERENCE, NUMBER);
      out.apply32(Arithmetic.SHIFT_RIGHT, REFERENCE, shift(root));
      out.apply32(Arithmetic.SHIFT_LEFT, REFERENCE, CELL_SHIFT);
      out.address(PLACE, name, offset(root)).apply(Arithmetic.ADD, PLACE, REFERENCE);
      steps.readCell();
      for (int level = 1; level < table.levels(state); level++) {
        steps.intoBlock();
      }
      steps.end();
    } else if ((root & TableWords.RUN) != 0) {
      out.address(PLACE, name, offset(root));
      steps.searchRun((root & TableWords.LONG) != 0);
    } else {
      out.apply32(Arithmetic.MOVE, NUMBER, root);
    }
  }

  /// A look-up that begins in the state that a register holds.
  ///
  /// @param state R1 or one from R6 on
  /// @param missFirst as above
  void write(EbpfRegister state, boolean missFirst) {
    Steps steps = new Steps(missFirst);
    out.apply32(Arithmetic.MOVE, REFERENCE, state);
    String known = out.freshLabel(name);
    out.jumpIf32(REFERENCE, Comparison.BELOW, table.states(), known);
    out.apply32(Arithmetic.MOVE, REFERENCE, LookupTable.NO).label(known);
    out.apply32(Arithmetic.SHIFT_LEFT, REFERENCE, 2);
    out.address(PLACE, name, 0).apply(Arithmetic.ADD, PLACE, REFERENCE);
    out.load(Width.WORD, REFERENCE, PLACE, 0);
    int levels = table.mostLevels();
    if (levels > 0) {
      steps.intoFirstBlock();
    }
    for (int level = 1; level < levels; level++) {
      steps.intoBlock();
    }
    steps.end();
  }

  private static int shift(int reference) {
    return reference >>> TableWords.SHIFT_AT & 0x1f;
  }

  private static int offset(int reference) {
    return (reference & TableWords.OFFSET) * TableWords.UNIT_BYTES;
  }

  /// The steps of one look-up, from reference to reference.
  private final class Steps {
    private final boolean missFirst;
    private final String prefix = out.freshLabel(name);
    private final String leaf = prefix + ".leaf";
    private final String done = prefix + ".done";
    private final String cell = prefix + ".cell";
    private final String isEqual = prefix + ".equal";
    private boolean hasBlocks;
    private boolean hasCells;

    Steps(boolean missFirst) {
      this.missFirst = missFirst;
    }

    /// Goes on to the leaf if the reference is not that of a block; if it is, to the reference in
    /// it.
    void intoBlock() {
      part(true);
    }

    /// The same for the first block of a state, which has no bits before its own.
    void intoFirstBlock() {
      part(false);
    }

    private void part(boolean hasBitsBefore) {
      hasBlocks = true;
      out.jumpIf32(REFERENCE, Comparison.AT_LEAST_SIGNED, 0, leaf); // the bit BLOCK is the sign
      out.apply32(Arithmetic.MOVE, STEP, REFERENCE);
      out.apply32(Arithmetic.SHIFT_RIGHT, STEP, TableWords.SHIFT_AT);
      out.apply32(Arithmetic.AND, STEP, 0x1f);
      out.apply32(Arithmetic.MOVE, PLACE, NUMBER).apply32(Arithmetic.SHIFT_RIGHT, PLACE, STEP);
      if (hasBitsBefore) {
        out.apply32(Arithmetic.AND, PLACE, (1 << TableWords.BLOCK_BITS) - 1);
      }
      out.apply32(Arithmetic.SHIFT_LEFT, PLACE, CELL_SHIFT);
      toOffset();
      out.apply(Arithmetic.ADD, REFERENCE, PLACE);
      toPlace();
      readCell();
    }

    /// From the cell at [#PLACE] to its reference, or to its keys if it has these.
    void readCell() {
      hasCells = true;
      out.load(Width.DOUBLE, CELL, PLACE, 0);
      out.apply32(Arithmetic.MOVE, STEP, CELL).apply32(Arithmetic.AND, STEP, TableWords.KIND);
      out.jumpIf32(STEP, Comparison.NOT_EQUAL, TableWords.REFERENCE, cell);
      out.apply(Arithmetic.SHIFT_RIGHT, REFERENCE, Integer.SIZE);
    }

    /// From the keys of a cell to the state.
    private void searchCell() {
      out.label(cell);
      out.move(PLACE, NUMBER).apply(Arithmetic.AND, PLACE, (1 << TableWords.KEY_BITS) - 1);
      out.apply32(Arithmetic.MOVE, STEP, CELL).apply32(Arithmetic.AND, STEP, TableWords.KIND);
      out.jumpIf32(STEP, Comparison.EQUAL, TableWords.EQUAL, isEqual);
      out.apply32(Arithmetic.MOVE, NUMBER, CELL);
      for (int key = 1; key <= TableWords.KEYS; key++) {
        key(key);
        out.apply(Arithmetic.SUBTRACT, STEP, PLACE);
        out.apply(Arithmetic.SHIFT_RIGHT, STEP, Long.SIZE - 1);
        out.apply(Arithmetic.XOR, NUMBER, STEP);
      }
      out.apply32(Arithmetic.AND, NUMBER, 1).jump(done).label(isEqual);
      out.apply32(Arithmetic.MOVE, STEP, CELL);
      out.apply32(Arithmetic.SHIFT_RIGHT, STEP, TableWords.EQUAL_SHIFT_AT);
      out.apply32(Arithmetic.AND, STEP, 0xf).apply32(Arithmetic.SHIFT_RIGHT, PLACE, STEP);
      out.apply32(Arithmetic.MOVE, NUMBER, LookupTable.NO);
      for (int key = 1; key <= TableWords.KEYS; key++) {
        key(key);
        out.apply(Arithmetic.XOR, STEP, PLACE).apply(Arithmetic.SUBTRACT, STEP, 1);
        out.apply(Arithmetic.SHIFT_RIGHT, STEP, Long.SIZE - 1);
        out.apply(Arithmetic.OR, NUMBER, STEP);
      }
    }

    private void key(int number) {
      out.move(STEP, CELL).apply(Arithmetic.SHIFT_RIGHT, STEP, number * TableWords.KEY_BITS);
      if (number < TableWords.KEYS) {
        out.apply(Arithmetic.AND, STEP, (1 << TableWords.KEY_BITS) - 1);
      }
    }

    /// From a reference that is not that of a block to the state.
    void end() {
      if (hasBlocks) {
        out.label(leaf);
      }
      out.jumpIf32(REFERENCE, Comparison.ANY_BIT, TableWords.RUN, prefix + ".run");
      out.apply32(Arithmetic.MOVE, NUMBER, REFERENCE).jump(done).label(prefix + ".run");
      String isShort = prefix + ".short";
      out.apply32(Arithmetic.MOVE, STEP, REFERENCE);
      toOffset();
      toPlace();
      out.load(Width.WORD, REFERENCE, PLACE, 0);
      out.apply32(Arithmetic.AND, STEP, TableWords.LONG);
      out.jumpIf32(STEP, Comparison.EQUAL, 0, isShort);
      halve(TableWords.LONG_WORDS / 2, TableWords.SHORT_WORDS);
      out.label(isShort);
      halve(TableWords.SHORT_WORDS / 2, 1);
      toState();
      if (hasCells) {
        out.jump(done);
        searchCell();
      }
      // The verifier forgets what it knows of the state: otherwise it would follow the rest of the
      // program once for each way to here, and with several look-ups that is too often.
      out.label(done);
      Translation.forget(out, NUMBER);
    }

    /// From a run at [#PLACE] to the state.
    void searchRun(boolean isLong) {
      out.load(Width.WORD, REFERENCE, PLACE, 0);
      halve((isLong ? TableWords.LONG_WORDS : TableWords.SHORT_WORDS) / 2, 1);
      toState();
    }

    /// Steps over the keys that are less than the number, as many as there are of this step and of
    /// each half as long.
    private void halve(int first, int last) {
      for (int words = first; words >= last; words /= 2) {
        int bytes = words * Integer.BYTES;
        out.load(Width.WORD, STEP, PLACE, bytes);
        out.apply(Arithmetic.SUBTRACT, STEP, NUMBER);
        out.apply(Arithmetic.SHIFT_RIGHT, STEP, Long.SIZE - 1);
        out.apply(Arithmetic.SHIFT_LEFT, STEP, Integer.numberOfTrailingZeros(bytes));
        if (words > 1) {
          out.apply(Arithmetic.ADD, PLACE, STEP);
        }
        out.apply(Arithmetic.ADD, REFERENCE, STEP);
      }
    }

    private void toState() {
      toPlace();
      out.load(Width.WORD, NUMBER, PLACE, 0);
    }

    private void toOffset() {
      out.apply32(Arithmetic.AND, REFERENCE, TableWords.OFFSET);
      out.apply32(Arithmetic.MULTIPLY, REFERENCE, TableWords.UNIT_BYTES);
    }

    /// The address of an offset.
    private void toPlace() {
      int last = table.bytes() - SLACK;
      if (missFirst) {
        String within = out.freshLabel(name);
        out.jumpIf(REFERENCE, Comparison.AT_MOST, last, within).jump(miss.get()).label(within);
      } else {
        out.jumpIf(REFERENCE, Comparison.ABOVE, last, miss.get());
      }
      out.address(PLACE, name, 0).apply(Arithmetic.ADD, PLACE, REFERENCE);
    }
  }
}
