package io.ringtap.capture;

import io.ringtap.linux.abi.packet.IfPacket;

/// How the kernel shares packets out between the sockets of a fanout group (`packet(7)`).
public enum FanoutMode {
  /// By the packet's flow, both directions together: all of a flow goes to one thread.
  HASH(IfPacket.PACKET_FANOUT_HASH),

  /// One after the other.
  LB(IfPacket.PACKET_FANOUT_LB),

  /// By the CPU on which the packet arrived. With a queue and a thread for each CPU no two CPUs
  /// share a ring, which is what makes it fast.
  CPU(IfPacket.PACKET_FANOUT_CPU),

  /// All to the first socket until that is full, then to the next.
  ROLLOVER(IfPacket.PACKET_FANOUT_ROLLOVER),

  /// At random.
  RND(IfPacket.PACKET_FANOUT_RND),

  /// By the receive queue that the network card chose.
  QM(IfPacket.PACKET_FANOUT_QM),

  /// By a classic BPF program, whose result is the socket's number, modulo their count.
  CBPF(IfPacket.PACKET_FANOUT_CBPF);

  final int number;

  FanoutMode(int number) {
    this.number = number;
  }
}
