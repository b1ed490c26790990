package io.ringtap.capture;

import io.ringtap.linux.abi.packet.IfPacket;

/// How the kernel distributes packets over the sockets of a fanout group (`packet(7)`).
public enum FanoutMode {
  /// By the hash of the packet's flow, the same for both directions: all packets of a flow go to
  /// one thread.
  HASH(IfPacket.PACKET_FANOUT_HASH),

  /// Round robin.
  LB(IfPacket.PACKET_FANOUT_LB),

  /// By the CPU on which the packet arrived. With a queue and a thread for each CPU, no two CPUs
  /// share a ring, which makes this mode fast.
  CPU(IfPacket.PACKET_FANOUT_CPU),

  /// All packets to the first socket until it is full, then to the next.
  ROLLOVER(IfPacket.PACKET_FANOUT_ROLLOVER),

  /// At random.
  RND(IfPacket.PACKET_FANOUT_RND),

  /// By the receive queue that the network card chose.
  QM(IfPacket.PACKET_FANOUT_QM),

  /// By a classic BPF program, whose result is the number of the socket, modulo the number of
  /// sockets.
  CBPF(IfPacket.PACKET_FANOUT_CBPF);

  final int number;

  FanoutMode(int number) {
    this.number = number;
  }
}
