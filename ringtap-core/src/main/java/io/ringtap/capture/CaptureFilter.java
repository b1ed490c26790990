package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;

/// The filter that packets must pass to be captured.
public sealed interface CaptureFilter {
  /// A compiled program for the sockets of every captured interface. It sees packets from the
  /// link-layer header on, or from the network header on if the link type is
  /// [io.ringtap.packet.LinkType#LINUX_SLL2].
  ///
  /// @param program run on each packet as it is
  record Program(BpfProgram program) implements CaptureFilter {}

  /// An expression in tcpdump's language, which is compiled for the link type of each interface.
  ///
  /// @param text the expression; a blank one passes every packet
  /// @param anyVlan whether the expression matches a packet with VLAN tags just as it matches one
  ///   without
  /// @param optimize whether its program is made short
  record Expression(String text, boolean anyVlan, boolean optimize) implements CaptureFilter {}

  /// A filter from a compiled program.
  static CaptureFilter program(BpfProgram program) {
    return new Program(program);
  }

  /// A filter from an expression in tcpdump's language.
  static CaptureFilter expression(String text) {
    return new Expression(text, false, true);
  }
}
