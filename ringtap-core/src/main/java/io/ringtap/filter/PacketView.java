package io.ringtap.filter;

/// How a program sees the packet that it decides on. A filter gives the same answer on the same
/// packet in each view that has what it asks for.
public enum PacketView {
  /// As in a savefile: every byte of the frame is there, and nothing else.
  SAVEFILE,
  /// As an [io.ringtap.packet.Frame] has it: every byte of the frame is there, and direction and
  /// interface are beside it where they are known.
  FRAME,
  /// As on a packet socket: the kernel has taken the outer VLAN tag out of the frame and reports it
  /// beside, with the packet's direction and interface.
  SOCKET
}
