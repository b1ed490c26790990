package io.ringtap.ebpf.kernel;

/// What became of a packet in a test run of a program.
public final class TestRun {
  private final int result;
  private final byte[] packet;
  private final int nanos;

  TestRun(int result, byte[] packet, int nanos) {
    this.result = result;
    this.packet = packet;
    this.nanos = nanos;
  }

  /// What the program returned, such as 2 for `XDP_PASS`.
  public int result() {
    return result;
  }

  /// A copy of the packet as the program left it.
  public byte[] packet() {
    return packet.clone();
  }

  /// How long a run took on average, in nanoseconds.
  public int nanos() {
    return nanos;
  }
}
