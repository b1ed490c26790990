package io.ringtap.filter;

/// How a program sees the packet that it decides on. A filter gives the same answer on the same
/// packet either way.
public enum PacketView {
  /// As in a savefile: every octet of the frame is there, and nothing else.
  SAVEFILE,
  /// As on a packet socket: the kernel has taken the outer VLAN tag out of the frame and tells it
  /// beside, with the packet's direction and interface.
  SOCKET
}
