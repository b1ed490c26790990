package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.Property;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Errno;
import io.ringtap.linux.Libc;
import io.ringtap.linux.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.SysSocket;
import io.ringtap.packet.Frames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Runs random programs in the running kernel and in the interpreter. A datagram between local
/// sockets passes the receiver's filter before `sendto` returns, and needs no privilege.
@EnabledOnOs(OS.LINUX)
class KernelAsJudgeTest {
  private static final int SCRATCH_WORDS = 4; // the kernel refuses to read one never written
  private static final int AGREED = 2; // the verdicts are lengths that no packet here is short of
  private static final int DIFFERED = 1;
  private static final int MAX_PACKET = 64;
  private static final int[] OPERATIONS = {
    BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_MOD, BPF_AND, BPF_OR, BPF_XOR, BPF_LSH, BPF_RSH
  };
  private static final int[] CONDITIONS = {BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET};
  private static final int[] SIZES = {BPF_W, BPF_H, BPF_B};

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(MAX_PACKET);
  private Socket receiver;
  private MemorySegment address;

  @BeforeEach
  void open() throws LinuxException {
    receiver =
        Socket.open(
            SysSocket.AF_UNIX, SysSocket.SOCK_DGRAM, 0, "socket(AF_UNIX)", "the receiver", "");
    MemorySegment familyAlone = arena.allocate(ValueLayout.JAVA_SHORT);
    familyAlone.set(ValueLayout.JAVA_SHORT, 0, (short) SysSocket.AF_UNIX);
    receiver.bind(familyAlone); // so the kernel picks an abstract name, unix(7)
    MemorySegment name = arena.allocate(128);
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, 128);
    int rc = Libc.getsockname(CallState.current(), receiver.number(), name, length);
    LinuxException.check(rc, "getsockname", "the receiver");
    address = name.asSlice(0, length.get(ValueLayout.JAVA_INT, 0));
  }

  @AfterEach
  void close() {
    receiver.close();
    arena.close();
  }

  @Test
  void computesWhatTheKernelComputes() {
    Property.forAll(random -> {
      MemorySegment packet = Frames.random(random, random.nextInt(AGREED, MAX_PACKET + 1));
      List<BpfInstruction> body = body(random);
      int a = interpret(append(body, instruction(BPF_RET | BPF_A, 0)), packet);
      BpfProgram program =
          append(
              body,
              new BpfInstruction(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, a),
              instruction(BPF_RET | BPF_K, DIFFERED),
              instruction(BPF_RET | BPF_K, AGREED));

      int verdict = inKernel(program, packet);

      assertThat(verdict).as("%s", program).isEqualTo(interpret(program, packet));
    });
  }

  /// @return bytes kept
  private int inKernel(BpfProgram program, MemorySegment packet) throws LinuxException {
    try (Arena call = Arena.ofConfined()) {
      receiver.attachFilter(program.toSockFilters(call));
    }
    buffer.copyFrom(packet);
    long sent =
        Libc.sendto(
            CallState.current(),
            receiver.number(),
            buffer,
            packet.byteSize(),
            SysSocket.MSG_DONTWAIT,
            address,
            (int) address.byteSize());
    LinuxException.check((int) sent, "sendto", "the receiver");
    long received =
        Libc.recvfrom(
            CallState.current(),
            receiver.number(),
            buffer,
            MAX_PACKET,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL,
            MemorySegment.NULL);
    if (Errno.EAGAIN.is(received)) {
      return 0;
    }
    return LinuxException.check((int) received, "recvfrom", "the receiver");
  }

  private static int interpret(BpfProgram program, MemorySegment packet) {
    return BpfInterpreter.run(program, packet, new Ancillary(0, 0, 0));
  }

  /// Every kind of instruction, behind one that fills each scratch word.
  private static List<BpfInstruction> body(SplittableRandom random) {
    List<BpfInstruction> body = new ArrayList<>();
    body.add(instruction(BPF_LD | BPF_IMM, random.nextInt()));
    body.add(instruction(BPF_LDX | BPF_IMM, random.nextInt(MAX_PACKET)));
    for (int i = 0; i < SCRATCH_WORDS; i++) {
      body.add(instruction(random.nextBoolean() ? BPF_ST : BPF_STX, i));
    }
    for (int left = random.nextInt(1, 24); left > 0; left--) {
      body.add(any(random, left - 1));
    }
    return body;
  }

  /// @param following how many instructions a jump may skip
  private static BpfInstruction any(SplittableRandom random, int following) {
    int offset = random.nextInt(MAX_PACKET / 4);
    int word = random.nextInt(SCRATCH_WORDS);
    int k = random.nextInt() >>> random.nextInt(32);
    return switch (random.nextInt(12)) {
      case 0 -> instruction(BPF_LD | pick(random, SIZES) | BPF_ABS, offset);
      case 1 -> instruction(BPF_LD | pick(random, SIZES) | BPF_IND, offset);
      case 2 -> instruction(BPF_LDX | BPF_B | BPF_MSH, offset);
      case 3 -> instruction((random.nextBoolean() ? BPF_LD : BPF_LDX) | BPF_W | BPF_LEN, 0);
      case 4 -> instruction(random.nextBoolean() ? BPF_ST : BPF_STX, word);
      case 5 -> instruction((random.nextBoolean() ? BPF_LD : BPF_LDX) | BPF_MEM, word);
      case 6 -> instruction(BPF_ALU | pick(random, OPERATIONS) | BPF_X, 0);
      case 7 -> instruction(BPF_ALU | BPF_NEG, 0);
      case 8 -> instruction(BPF_MISC | (random.nextBoolean() ? BPF_TAX : BPF_TXA), 0);
      case 9 -> instruction(BPF_JMP | BPF_JA, random.nextInt(following + 1));
      case 10 ->
          new BpfInstruction(
              BPF_JMP | pick(random, CONDITIONS) | (random.nextBoolean() ? BPF_K : BPF_X),
              random.nextInt(following + 1),
              random.nextInt(following + 1),
              k);
      default -> {
        int operation = pick(random, OPERATIONS);
        boolean isShift = operation == BPF_LSH || operation == BPF_RSH;
        yield instruction(BPF_ALU | operation | BPF_K, isShift ? k & 31 : k | 1);
      }
    };
  }

  private static int pick(SplittableRandom random, int[] values) {
    return values[random.nextInt(values.length)];
  }

  private static BpfInstruction instruction(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }

  private static BpfProgram append(List<BpfInstruction> body, BpfInstruction... end) {
    List<BpfInstruction> whole = new ArrayList<>(body);
    whole.addAll(List.of(end));
    return new BpfProgram(whole);
  }
}
