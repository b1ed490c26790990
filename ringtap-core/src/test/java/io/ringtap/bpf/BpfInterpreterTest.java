package io.ringtap.bpf;

import static io.ringtap.bpf.BpfAssembler.KEEP_ALL;
import static io.ringtap.bpf.BpfAssembler.NEXT;
import static io.ringtap.bpf.BpfOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frames;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpfInterpreterTest {
  private static final Ancillary RECEIVED = new Ancillary(EtherType.IPV4, 0, 2);
  private static final int IDENTIFIERS = 0x4200; // a block of 256

  /// Echo replies to the identifiers of one block, from the network header on.
  private final BpfProgram ourReplies =
      new BpfAssembler()
          .ldProtocol()
          .jeq(EtherType.IPV4, NEXT, "drop")
          .ldByte(9)
          .jeq(IpProtocol.ICMP, NEXT, "drop")
          .ldHalf(6)
          .jset(0x1FFF, "drop", NEXT)
          .ldxMsh(0)
          .ldByteIndexed(0)
          .jeq(IcmpType.ECHO_REPLY, NEXT, "drop")
          .ldHalfIndexed(4)
          .and(0xFF00)
          .jeq(IDENTIFIERS, NEXT, "drop")
          .ret(KEEP_ALL)
          .bind("drop")
          .ret(0)
          .assemble();

  @Test
  @Randomized
  void letsThroughWhatTheFilterSaysAndNothingElse() {
    Property.forAll(random -> {
      int headerLength = random.nextInt(5, 16) * 4;
      int identifier = IDENTIFIERS + random.nextInt(-2, 258);
      int type = random.nextBoolean() ? IcmpType.ECHO_REPLY : IcmpType.ECHO_REQUEST;
      int protocol = random.nextInt(4) > 0 ? IpProtocol.ICMP : IpProtocol.UDP;
      int etherType = random.nextInt(8) > 0 ? EtherType.IPV4 : EtherType.IPV6;
      int fragmentOffset = random.nextInt(8) > 0 ? 0 : 8;
      int bytes = headerLength + (random.nextInt(8) > 0 ? IcmpHeader.BYTES : 5);
      MemorySegment packet = Frames.random(random, headerLength + IcmpHeader.BYTES);
      Ipv4Header.write(packet, 0, 0, bytes, 0, 64, protocol, 1, 2);
      Ipv4Header.headerLength(packet, 0, headerLength);
      Ipv4Header.fragment(packet, 0, false, false, fragmentOffset);
      IcmpHeader.writeEcho(packet, headerLength, type, identifier, 0);

      int kept = Verdict.of(ourReplies, packet.asSlice(0, bytes), new Ancillary(etherType, 0, 2));

      boolean ours =
          etherType == EtherType.IPV4
              && protocol == IpProtocol.ICMP
              && fragmentOffset == 0
              && type == IcmpType.ECHO_REPLY
              && identifier >= IDENTIFIERS
              && identifier < IDENTIFIERS + 256
              && bytes >= headerLength + 6;
      assertThat(kept).isEqualTo(ours ? KEEP_ALL : 0);
    });
  }

  @Test
  @Randomized
  void computesWithUnsignedNumbersThatWrap() {
    assertComputes(BPF_ADD, (a, b) -> a + b);
    assertComputes(BPF_SUB, (a, b) -> a - b);
    assertComputes(BPF_MUL, (a, b) -> a * b);
    assertComputes(BPF_DIV, (a, b) -> b == 0 ? 0 : a / b);
    assertComputes(BPF_MOD, (a, b) -> b == 0 ? 0 : a % b);
    assertComputes(BPF_AND, (a, b) -> a & b);
    assertComputes(BPF_OR, (a, b) -> a | b);
    assertComputes(BPF_XOR, (a, b) -> a ^ b);
    assertComputes(BPF_LSH, (a, b) -> a << (b % 32));
    assertComputes(BPF_RSH, (a, b) -> a >> (b % 32));
    assertComputes(BPF_NEG, (a, _) -> -a);
  }

  @Test
  @Randomized
  void comparesUnsignedNumbers() {
    assertCompares(BPF_JEQ, (a, b) -> a == b ? 1 : 0);
    assertCompares(BPF_JGT, (a, b) -> a > b ? 1 : 0);
    assertCompares(BPF_JGE, (a, b) -> a >= b ? 1 : 0);
    assertCompares(BPF_JSET, (a, b) -> (a & b) != 0 ? 1 : 0);
  }

  @Test
  void endsWithZeroWhenItDividesByZeroAndDoesNotGoOn() {
    BpfProgram program =
        new BpfProgram(
            List.of(
                instruction(BPF_LD | BPF_IMM, 7),
                instruction(BPF_ALU | BPF_DIV | BPF_X, 0),
                instruction(BPF_RET | BPF_K, 99)));

    assertThat(run(program, Frames.hex("00"))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 16909060", "1, 33752069", "2, 50595078", "3, 0", "6, 0", "2147483647, 0"})
  void dropsThePacketWhenAWordReachesOutside(int offset, int expected) {
    BpfProgram absolute = new BpfAssembler().ldWord(offset).retA().assemble();
    BpfProgram indexed =
        new BpfAssembler().ldImmediate(offset).tax().ldWordIndexed(0).retA().assemble();
    MemorySegment packet = Frames.hex("010203040506");

    assertThat(run(absolute, packet)).isEqualTo(expected);
    assertThat(run(indexed, packet)).isEqualTo(expected);
  }

  @Test
  void readsHalvesAndOctetsUpToTheLastByte() {
    MemorySegment packet = Frames.hex("0102ff80");

    assertThat(run(new BpfAssembler().ldHalf(2).retA().assemble(), packet)).isEqualTo(0xFF80);
    assertThat(run(new BpfAssembler().ldByte(3).retA().assemble(), packet)).isEqualTo(0x80);
    assertThat(run(new BpfAssembler().ldHalf(3).or(1).retA().assemble(), packet)).isZero();
    assertThat(run(new BpfAssembler().ldByte(4).or(1).retA().assemble(), packet)).isZero();
  }

  @Test
  void dropsThePacketWhenTheHeaderLengthLiesOutside() {
    MemorySegment packet = Frames.hex("46");

    assertThat(run(new BpfAssembler().ldxMsh(0).txa().retA().assemble(), packet)).isEqualTo(24);
    assertThat(run(new BpfAssembler().ldxMsh(1).ret(1).assemble(), packet)).isZero();
  }

  @Test
  void dropsThePacketWhenAnIndexIsNegative() {
    BpfProgram program =
        new BpfAssembler().ldImmediate(-1).tax().ldByteIndexed(0).ret(1).assemble();

    assertThat(run(program, Frames.hex("00"))).isZero();
  }

  @Test
  void keepsWhatItStored() {
    BpfProgram program =
        new BpfProgram(
            List.of(
                instruction(BPF_LD | BPF_IMM, 40),
                instruction(BPF_ST, 15),
                instruction(BPF_LDX | BPF_IMM, 2),
                instruction(BPF_STX, 0),
                instruction(BPF_LDX | BPF_MEM, 15),
                instruction(BPF_LD | BPF_MEM, 0),
                instruction(BPF_ALU | BPF_ADD | BPF_X, 0),
                instruction(BPF_RET | BPF_A, 0)));

    assertThat(run(program, Frames.hex("00"))).isEqualTo(42);
  }

  @Test
  void knowsWhatTheKernelKnowsBesideTheBytes() {
    Ancillary tagged = new Ancillary(0x86DD, 4, 17, 0x2005, true);
    MemorySegment packet = Frames.hex("000000");

    assertThat(Verdict.of(new BpfAssembler().ldProtocol().retA().assemble(), packet, tagged))
        .isEqualTo(0x86DD);
    assertThat(Verdict.of(new BpfAssembler().ldPacketType().retA().assemble(), packet, tagged))
        .isEqualTo(4);
    assertThat(Verdict.of(new BpfAssembler().ldInterfaceIndex().retA().assemble(), packet, tagged))
        .isEqualTo(17);
    assertThat(Verdict.of(new BpfAssembler().ldVlanTag().retA().assemble(), packet, tagged))
        .isEqualTo(0x2005);
    assertThat(Verdict.of(new BpfAssembler().ldVlanTagPresent().retA().assemble(), packet, tagged))
        .isOne();
    assertThat(run(new BpfAssembler().ldVlanTagPresent().retA().assemble(), packet)).isZero();
    assertThat(run(new BpfAssembler().ldLength().retA().assemble(), packet)).isEqualTo(3);
  }

  @Test
  void tellsEveryFieldThatItWasGiven() {
    Ancillary known =
        new Ancillary(1, 2, 3)
            .mark(-4)
            .queue(5)
            .hardwareType(6)
            .rxHash(7)
            .cpu(8)
            .vlan(0x88A8, 0xFFFF)
            .payloadOffset(9)
            .random(10);

    assertThat(field(AncillaryField.MARK, known)).isEqualTo(-4);
    assertThat(field(AncillaryField.QUEUE, known)).isEqualTo(5);
    assertThat(field(AncillaryField.HARDWARE_TYPE, known)).isEqualTo(6);
    assertThat(field(AncillaryField.RX_HASH, known)).isEqualTo(7);
    assertThat(field(AncillaryField.CPU, known)).isEqualTo(8);
    assertThat(field(AncillaryField.PAYLOAD_OFFSET, known)).isEqualTo(9);
    assertThat(field(AncillaryField.RANDOM, known)).isEqualTo(10);
    assertThat(field(AncillaryField.VLAN_TPID, known)).isEqualTo(0x88A8);
    assertThat(field(AncillaryField.VLAN_TAG, known)).isEqualTo(0xFFFF);
    assertThat(field(AncillaryField.VLAN_TAG_PRESENT, known)).isOne();
    assertThat(field(AncillaryField.VLAN_TAG_PRESENT, known.untagged())).isZero();
    assertThat(field(AncillaryField.VLAN_TPID, known)).isZero();
    assertThat(field(AncillaryField.VLAN_TPID, new Ancillary(0, 0, 0, 5, true))).isEqualTo(0x8100);
  }

  @Test
  void knowsEachFieldByItsOffset() {
    for (AncillaryField field : AncillaryField.values()) {
      assertThat(AncillaryField.at(field.k())).isSameAs(field);
      assertThat(AncillaryField.at(field.k() + 1)).isNull();
    }
    assertThat(AncillaryField.VLAN_TPID.k()).isEqualTo(-0x1000 + 60);
    assertThat(AncillaryField.at(-0x1000 + 64)).isNull();
    assertThat(AncillaryField.at(-0x1004)).isNull();
  }

  @Test
  void reachesTheHeadersThroughTheirWindows() {
    MemorySegment frame = Frames.hex("0a0b0c0d");
    Ancillary raw = new Ancillary(0, 0, 0).linkOffset(0).networkOffset(2);

    assertThat(Verdict.of(BpfProgram.parse("ldb [-1048575]\nret"), frame, raw)).isEqualTo(0x0D);
    assertThat(Verdict.of(BpfProgram.parse("ldb [-1048574]\nret #1"), frame, raw)).isZero();
    assertThat(Verdict.of(BpfProgram.parse("ldb [-2097151]\nret"), frame, raw)).isEqualTo(0x0B);
    assertThat(Verdict.of(BpfProgram.parse("ldx #0x1\nld [x + -2097153]\nret"), frame, raw))
        .isEqualTo(0x0A0B_0C0D);
    assertThat(run(BpfProgram.parse("ldb [-2097151]\nret #1"), frame)).isZero();
  }

  @Test
  void countsTheInstructionsThatItExecuted() {
    BpfInterpreter interpreter =
        new BpfInterpreter(BpfProgram.parse("ldb [1]\njeq #0x2 jt 3 jf 2\nret #0\ntax\nret #9"));

    assertThat(interpreter.run(Frames.hex("0002"), 0, 2, 2, RECEIVED)).isEqualTo(9);
    assertThat(interpreter.executed()).isEqualTo(4);
    assertThat(interpreter.run(Frames.hex("0003"), 0, 2, 2, RECEIVED)).isZero();
    assertThat(interpreter.executed()).isEqualTo(3);
    assertThat(interpreter.run(Frames.hex("00"), 0, 1, 2, RECEIVED)).isZero();
    assertThat(interpreter.executed()).isOne();
  }

  private static int field(AncillaryField field, Ancillary ancillary) {
    return Verdict.of(
        BpfProgram.parse("ld [" + field.label + "]\nret"), Frames.hex("00"), ancillary);
  }

  private static void assertComputes(int operation, LongBinaryOperator expected) {
    Property.forAll(random -> {
      int a = random.nextInt() >>> random.nextInt(32);
      int b = random.nextInt(4) == 0 ? 0 : random.nextInt() >>> random.nextInt(32);
      BpfProgram program =
          new BpfProgram(
              List.of(
                  instruction(BPF_LDX | BPF_IMM, b),
                  instruction(BPF_LD | BPF_IMM, a),
                  instruction(BPF_ALU | operation | (operation == BPF_NEG ? BPF_K : BPF_X), 0),
                  instruction(BPF_RET | BPF_A, 0)));

      int result = run(program, Frames.hex("00"));

      assertThat(result)
          .isEqualTo(
              (int) expected.applyAsLong(Integer.toUnsignedLong(a), Integer.toUnsignedLong(b)));
    });
  }

  private static void assertCompares(int operation, LongBinaryOperator expected) {
    Property.forAll(random -> {
      int a = random.nextInt();
      int b = random.nextInt(4) == 0 ? a : random.nextInt();
      BpfProgram program =
          new BpfProgram(
              List.of(
                  instruction(BPF_LD | BPF_IMM, a),
                  new BpfInstruction(BPF_JMP | operation | BPF_K, 1, 0, b),
                  instruction(BPF_RET | BPF_K, 0),
                  instruction(BPF_RET | BPF_K, 1)));

      int result = run(program, Frames.hex("00"));

      assertThat(result)
          .isEqualTo(
              (int) expected.applyAsLong(Integer.toUnsignedLong(a), Integer.toUnsignedLong(b)));
    });
  }

  private static BpfInstruction instruction(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }

  private static int run(BpfProgram program, MemorySegment packet) {
    return Verdict.of(program, packet, RECEIVED);
  }
}
