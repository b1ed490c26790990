package io.ringtap.device;

import io.ringtap.linux.abi.netlink.IfFlags;

/// Whether an interface carries packets (RFC 2863), as its driver reports it.
public enum OperationalState {
  /// The driver does not report it, as those of loopback and TUN devices do not.
  UNKNOWN("unknown"),
  /// Some component is missing, such as a removed module.
  NOT_PRESENT("not present"),
  /// It cannot carry packets, for example because the cable is unplugged.
  DOWN("down"),
  /// A lower interface, such as the parent of a VLAN, is down.
  LOWER_LAYER_DOWN("lower layer down"),
  /// In a test mode; it carries no user packets.
  TESTING("testing"),
  /// Waits for something, such as an authentication.
  DORMANT("dormant"),
  /// It carries packets.
  UP("up");

  private final String word;

  OperationalState(String word) {
    this.word = word;
  }

  /// The state in lower case.
  public String word() {
    return word;
  }

  /// The state for an `IF_OPER_` number; [#UNKNOWN] for a number that is not known here.
  static OperationalState of(int number) {
    return switch (number) {
      case IfFlags.IF_OPER_NOTPRESENT -> NOT_PRESENT;
      case IfFlags.IF_OPER_DOWN -> DOWN;
      case IfFlags.IF_OPER_LOWERLAYERDOWN -> LOWER_LAYER_DOWN;
      case IfFlags.IF_OPER_TESTING -> TESTING;
      case IfFlags.IF_OPER_DORMANT -> DORMANT;
      case IfFlags.IF_OPER_UP -> UP;
      default -> UNKNOWN;
    };
  }
}
