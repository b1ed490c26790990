package io.ringtap.top;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.AND;
import static io.ringtap.ebpf.Arithmetic.MOVE;
import static io.ringtap.ebpf.Arithmetic.MULTIPLY;
import static io.ringtap.ebpf.Arithmetic.SHIFT_RIGHT;
import static io.ringtap.ebpf.Arithmetic.SUBTRACT;
import static io.ringtap.ebpf.Arithmetic.XOR;
import static io.ringtap.ebpf.Comparison.AT_LEAST;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.Comparison.NOT_EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R5;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.filter.XdpFilter;
import io.ringtap.linux.abi.bpf.XdpMd;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Writes the XDP program that counts frames in [Buckets] and lets all of them go on.
///
/// There are two tables: the program counts in one while the other is read. Which one it is says
/// the only element of [#TURN].
final class CountingProgram {
  /// The map whose element is 0 or 1.
  static final String TURN = "turn";

  /// The table that is counted in while the element is 0.
  static final String EVEN = "even";

  /// The other table.
  static final String ODD = "odd";

  private static final String PASS = "pass";

  /// The step of [KeyHash] that scatters similar keys.
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  // The stack below the part that a filter writes to.
  private static final int CURRENT = -XdpFilter.STACK_BYTES - Integer.BYTES;
  private static final int INDEX = CURRENT - Integer.BYTES;
  private static final int KEY = INDEX - KeyKind.MAX_WORDS * Long.BYTES;

  private static final EbpfRegister BYTES = R7; // of the frame

  private final EbpfAssembler program = new EbpfAssembler();
  private final KeyKind kind;
  private final boolean isByBytes;
  private final Buckets buckets;

  private CountingProgram(KeyKind kind, Order order, Buckets buckets) {
    this.kind = kind;
    this.isByBytes = order == Order.BITS;
    this.buckets = buckets;
  }

  /// Writes the program.
  ///
  /// @param filter which frames are counted; null for all
  /// @param end what becomes of the frames that it sees
  /// @param secret the source of the hash's multipliers
  static EbpfProgram of(
      TopOptions options,
      @Nullable XdpFilter filter,
      Buckets buckets,
      XdpAction end,
      RandomGenerator secret) {
    CountingProgram writing = new CountingProgram(options.by(), options.order(), buckets);
    writing.begin();
    if (filter != null) {
      filter.append(writing.program, PASS);
    }
    KeyProgram.append(writing.program, options.by(), KEY);
    writing.hash(secret);
    writing.count();
    writing.notIp();
    return writing.program.label(PASS).move(R0, end.number()).exit().assemble();
  }

  /// Takes the turn, the frame and its length.
  private void begin() {
    program.move(R6, R1);
    program.store(WORD, R10, INDEX, 0);
    program.map(R1, TURN).move(R2, R10).apply(ADD, R2, INDEX);
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, PASS);
    program.load(WORD, R0, R0, 0).store(WORD, R10, CURRENT, R0);
    program.move(R1, R6).call(EbpfHelper.XDP_GET_BUFF_LEN).move(BYTES, R0);
    program.load(WORD, R2, R6, XdpMd.DATA).load(WORD, R3, R6, XdpMd.DATA_END);
  }

  /// Stores the number of the key's bucket at [#INDEX]: as [KeyHash], with secret multipliers.
  private void hash(RandomGenerator secret) {
    program.label("hash").constant(R0, secret.nextLong());
    for (int i = 0; i < buckets.words(); i++) {
      program.load(DOUBLE, R1, R10, KEY + (long) i * Long.BYTES).apply32(MOVE, R2, R1);
      program.constant(R3, secret.nextLong()).apply(MULTIPLY, R2, R3).apply(ADD, R0, R2);
      program.constant(R3, secret.nextLong()).apply(SHIFT_RIGHT, R1, Integer.SIZE);
      program.apply(MULTIPLY, R1, R3).apply(ADD, R0, R1);
    }
    program.move(R1, R0).apply(SHIFT_RIGHT, R1, Integer.SIZE).apply(XOR, R0, R1);
    program.constant(R1, SCATTER).apply(MULTIPLY, R0, R1).apply(SHIFT_RIGHT, R0, Integer.SIZE);
    program.apply(AND, R0, buckets.number() - 1).store(WORD, R10, INDEX, R0);
  }

  /// Puts the address of the element at [#INDEX] of the current table into R0.
  private void element() {
    String odd = program.freshLabel(ODD);
    String found = program.freshLabel("found");
    program.move(R2, R10).apply(ADD, R2, INDEX).load(WORD, R1, R10, CURRENT);
    program.jumpIf(R1, NOT_EQUAL, 0, odd);
    program.map(R1, EVEN).call(EbpfHelper.MAP_LOOKUP_ELEM).jump(found);
    program.label(odd).map(R1, ODD).call(EbpfHelper.MAP_LOOKUP_ELEM);
    program.label(found).jumpIf(R0, EQUAL, 0, PASS);
  }

  /// Finds the key's slot, or the one with the least count, at R0 plus R5, and counts.
  private void count() {
    element();
    search();
    program.load(DOUBLE, R4, R0, Buckets.COUNT).move(R5, 0);
    for (int slot = 1; slot < Buckets.SLOTS; slot++) {
      int at = slot * Long.BYTES;
      String next = program.freshLabel("heavier");
      program.load(DOUBLE, R1, R0, Buckets.COUNT + at).jumpIf(R1, AT_LEAST, R4, next);
      program.move(R4, R1).move(R5, at).label(next);
    }
    takeOver();
    program.label("hit").apply(ADD, R0, R5);
    add(R0, Buckets.COUNT, isByBytes);
    add(R0, Buckets.COMPANION, !isByBytes);
    program.jump(PASS);
  }

  /// Goes to `hit` if a slot has the key.
  private void search() {
    int last = buckets.words() - 1; // differs the most
    program.load(DOUBLE, R8, R10, KEY + (long) last * Long.BYTES);
    for (int slot = 0; slot < Buckets.SLOTS; slot++) {
      int at = slot * Long.BYTES;
      String next = program.freshLabel("other");
      program.load(DOUBLE, R1, R0, buckets.word(last) + at).jumpIf(R1, NOT_EQUAL, R8, next);
      for (int word = 0; word < last; word++) {
        program.load(DOUBLE, R1, R0, buckets.word(word) + at);
        program.load(DOUBLE, R2, R10, KEY + (long) word * Long.BYTES);
        program.jumpIf(R1, NOT_EQUAL, R2, next);
      }
      program.move(R5, at).jump("hit").label(next);
    }
  }

  /// Gives the slot at R0 plus R5, whose count is in R4, to the key.
  private void takeOver() {
    program.move(R3, R0).apply(ADD, R3, R5);
    program.load(DOUBLE, R1, R3, Buckets.MISSED).move(R2, R4).apply(SUBTRACT, R2, R1);
    accumulate(R0, buckets.evictedWeight(), R2);
    program.load(DOUBLE, R2, R3, Buckets.COMPANION);
    accumulate(R0, buckets.evictedCompanion(), R2);
    program.store(DOUBLE, R3, Buckets.MISSED, R4);
    program.store(DOUBLE, R3, Buckets.COMPANION, 0);
    for (int word = 0; word < buckets.words(); word++) {
      program.load(DOUBLE, R1, R10, KEY + (long) word * Long.BYTES);
      program.store(DOUBLE, R3, buckets.word(word), R1);
    }
  }

  /// Adds the frame's bytes, or one.
  private void add(EbpfRegister base, int offset, boolean isBytes) {
    if (isBytes) {
      accumulate(base, offset, BYTES);
    } else {
      program.load(DOUBLE, R1, base, offset).apply(ADD, R1, 1).store(DOUBLE, base, offset, R1);
    }
  }

  /// No other program of this CPU comes in between, so this need not be atomic.
  private void accumulate(EbpfRegister base, int offset, EbpfRegister value) {
    program.load(DOUBLE, R1, base, offset).apply(ADD, R1, value);
    program.store(DOUBLE, base, offset, R1);
  }

  private void notIp() {
    program.label(KeyProgram.NOT_IP).store(WORD, R10, INDEX, buckets.number());
    element();
    add(R0, Buckets.NOT_IP, false);
    if (kind.needsIp()) {
      add(R0, Buckets.KEYLESS_PACKETS, false);
      add(R0, Buckets.KEYLESS_BYTES, true);
    } else {
      program.jump("hash");
    }
  }
}
