package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.error.LinuxException;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frames;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Gives random programs to the running kernel, and to the validator and the interpreter.
@EnabledOnOs(OS.LINUX)
class KernelAsJudgeTest {
  private static final int ARPHRD_LOOPBACK = 772;
  private static final int IPV4_HEADER = 20;
  private static final int LINK_HEADER = 14;

  /// All but what nobody can tell beforehand.
  private static final List<AncillaryField> FIELDS =
      Arrays.stream(AncillaryField.values())
          .filter(field -> field != AncillaryField.CPU && field != AncillaryField.RANDOM)
          .toList();

  @Test
  @Randomized
  void acceptsWhatTheKernelAccepts() throws LinuxException {
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (KernelLane kernel = KernelLane.local()) {
      Property.forAll(random -> {
        for (int i = 0; i < 10; i++) {
          List<BpfInstruction> program = RandomPrograms.doubtful(random);
          BpfValidator.Fault fault = BpfValidator.fault(program, false);
          boolean isAccepted = fault == null && !new BpfProgram(program).loops();

          assertThat(kernel.accepts(program)).as("%s: %s", program, fault).isEqualTo(isAccepted);

          (isAccepted ? accepted : refused).incrementAndGet();
        }
      });
    }

    assertThat(accepted.get()).isPositive();
    assertThat(refused.get()).isPositive();
  }

  @Test
  @Randomized
  void decidesAsTheKernelOnAPacketOfNoInterface() throws LinuxException {
    try (KernelLane kernel = KernelLane.local()) {
      Property.forAll(random -> {
        MemorySegment packet = packet(random, 1);
        BpfProgram program = RandomPrograms.accepted(random, 0, 0, FIELDS);

        assertDecidesAlike(kernel, program, packet, new Ancillary(0, 0, 0));
      });
    }
  }

  @Test
  @Randomized
  void decidesAsTheKernelOnAPacketOfTheLoopbackInterface() throws IOException {
    int index = NetworkInterface.getByName("lo").getIndex();
    try (KernelLane kernel = KernelLane.udp()) {
      Property.forAll(random -> {
        MemorySegment payload = packet(random, 0);
        BpfProgram program =
            RandomPrograms.accepted(random, IPV4_HEADER, LINK_HEADER + IPV4_HEADER, FIELDS);
        Ancillary ancillary =
            new Ancillary(EtherType.IPV4, 0, index)
                .hardwareType(ARPHRD_LOOPBACK)
                .mark(kernel.mark(random.nextInt()))
                .payloadOffset(KernelLane.UDP_HEADER)
                .networkOffset(-IPV4_HEADER)
                .linkOffset(-IPV4_HEADER - LINK_HEADER);

        assertDecidesAlike(kernel, program, payload, ancillary);
      });
    }
  }

  @Test
  @Randomized
  void findsTheNetlinkAttributesThatTheKernelFinds() throws LinuxException {
    AtomicInteger found = new AtomicInteger();
    try (KernelLane kernel = KernelLane.local()) {
      Property.forAll(random -> {
        AncillaryField field =
            random.nextBoolean()
                ? AncillaryField.NETLINK_ATTRIBUTE
                : AncillaryField.NESTED_NETLINK_ATTRIBUTE;
        int start = random.nextInt(10) == 0 ? random.nextInt() : 4 * random.nextInt(4);
        BpfProgram program =
            new BpfProgram(
                List.of(
                    instruction(BPF_LDX | BPF_IMM, random.nextInt(4)),
                    instruction(BPF_LD | BPF_IMM, start),
                    instruction(BPF_LD | BPF_W | BPF_ABS, field.k),
                    instruction(BPF_RET | BPF_A, 0)));
        MemorySegment packet = attributes(random);

        assertDecidesAlike(kernel, program, packet, new Ancillary(0, 0, 0));

        found.addAndGet(Verdict.of(program, packet, new Ancillary(0, 0, 0)));
      });
    }

    assertThat(found.get()).isPositive();
  }

  /// Compares the verdict, and the number that the program computes with a number of its own.
  private static void assertDecidesAlike(
      KernelLane kernel, BpfProgram program, MemorySegment payload, Ancillary ancillary)
      throws LinuxException {
    MemorySegment packet = kernel.packet(payload);
    int a = Verdict.of(program, packet, ancillary);
    for (BpfProgram one : List.of(program, agreed(program, a))) {
      assertThat(kernel.accepts(one.instructions())).isTrue();
      int verdict = Verdict.of(one, packet, ancillary);

      assertThat(kernel.kept(payload)).as("%s", one).isEqualTo(kernel.kept(verdict, packet));
    }
  }

  /// The program that drops the packet unless its last instruction would return `a`.
  private static BpfProgram agreed(BpfProgram program, int a) {
    List<BpfInstruction> instructions = new ArrayList<>(program.instructions());
    instructions.removeLast();
    instructions.add(new BpfInstruction(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, a));
    instructions.add(instruction(BPF_RET | BPF_K, -1));
    instructions.add(instruction(BPF_RET | BPF_K, 0));
    return new BpfProgram(instructions);
  }

  private static MemorySegment packet(SplittableRandom random, int least) {
    return Frames.random(
        random, random.nextInt(least, KernelLane.MAX_PACKET - KernelLane.UDP_HEADER + 1));
  }

  /// Attributes that fill a packet, the first of them with others within, and now and then one
  /// whose length is wrong.
  private static MemorySegment attributes(SplittableRandom random) {
    int bytes = random.nextInt(1, KernelLane.MAX_PACKET);
    MemorySegment packet = MemorySegment.ofArray(new byte[bytes]);
    int next = 0;
    while (next + 4 <= bytes) {
      int length = random.nextInt(10) == 0 ? random.nextInt(70) : 4 * random.nextInt(1, 4);
      packet.set(ValueLayout.JAVA_SHORT_UNALIGNED, next, (short) (next == 0 ? 40 : length));
      packet.set(
          ValueLayout.JAVA_SHORT_UNALIGNED,
          next + 2L,
          (short) (random.nextInt(4) | random.nextInt(4) << 14));
      next += next == 0 ? 4 : Math.max(4, length & ~3);
    }
    return packet;
  }

  private static BpfInstruction instruction(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }
}
