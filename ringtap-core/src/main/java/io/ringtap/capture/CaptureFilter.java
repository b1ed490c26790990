package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;

/// What packets must pass to be captured.
public sealed interface CaptureFilter {
  /// A program, ready for the sockets of every interface that is captured on: it sees packets from
  /// the link-layer header on, or from the network header on where the link type is
  /// [io.ringtap.packet.LinkType#LINUX_SLL2].
  ///
  /// @param program run on each packet; not changed
  record Program(BpfProgram program) implements CaptureFilter {}

  /// A text in tcpdump's language, which is compiled for the link type of each interface.
  ///
  /// @param text one of nothing but blanks passes every packet
  /// @param anyVlan whether VLAN tags are looked through, so that it matches a packet with and
  ///   without them
  record Expression(String text, boolean anyVlan) implements CaptureFilter {}

  /// A program that is ready.
  static CaptureFilter program(BpfProgram program) {
    return new Program(program);
  }

  /// A text in tcpdump's language.
  static CaptureFilter expression(String text) {
    return new Expression(text, false);
  }
}
