package io.ringtap.packet;

/// ICMP message types (RFC 792, RFC 1122 §3.2.2, RFC 1812 §5.2.7.1; IANA registry).
public final class IcmpType {
  /// The answer to an [echo request][#ECHO_REQUEST], with its identifier, sequence and data.
  public static final int ECHO_REPLY = 0;

  /// A router or the destination could not deliver a packet; the code says why.
  public static final int DESTINATION_UNREACHABLE = 3;

  /// A request to send more slowly; deprecated (RFC 6633).
  public static final int SOURCE_QUENCH = 4;

  /// A router names a better first hop.
  public static final int REDIRECT = 5;

  /// A ping: the receiver is to send an [echo reply][#ECHO_REPLY].
  public static final int ECHO_REQUEST = 8;

  /// The time to live ran out (code 0), or the time to reassemble fragments did (code 1).
  public static final int TIME_EXCEEDED = 11;

  /// A packet was dropped for a fault in its header.
  public static final int PARAMETER_PROBLEM = 12;

  /// Asks for the receiver's time: after the header follow three times of 32 bits in milliseconds
  /// since midnight UT, when it was sent, received and answered. The header is that of an echo.
  public static final int TIMESTAMP_REQUEST = 13;

  /// The answer to a [timestamp request][#TIMESTAMP_REQUEST].
  public static final int TIMESTAMP_REPLY = 14;

  /// The code of [#DESTINATION_UNREACHABLE] whose header carries an MTU (RFC 1191).
  public static final int CODE_FRAGMENTATION_NEEDED = 4;

  private IcmpType() {}

  /// Whether a message of `type` quotes the packet that it is about.
  public static boolean isQuoting(int type) {
    return switch (type) {
      case DESTINATION_UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM ->
          true;
      default -> false;
    };
  }

  /// Whether a message reports an MTU ([IcmpHeader#nextHopMtu]).
  public static boolean hasMtu(int type, int code) {
    return type == DESTINATION_UNREACHABLE && code == CODE_FRAGMENTATION_NEEDED;
  }

  /// Describes a message in the words that `ping` prints.
  public static String description(int type, int code) {
    return switch (type) {
      case ECHO_REPLY -> "Echo Reply";
      case DESTINATION_UNREACHABLE -> unreachable(code);
      case SOURCE_QUENCH -> "Source Quench";
      case REDIRECT -> redirect(code);
      case ECHO_REQUEST -> "Echo Request";
      case TIME_EXCEEDED ->
          switch (code) {
            case 0 -> "Time to live exceeded";
            case 1 -> "Frag reassembly time exceeded";
            default -> "Time exceeded, code " + code;
          };
      case PARAMETER_PROBLEM -> "Parameter problem";
      default -> "ICMP type " + type + " code " + code;
    };
  }

  private static String unreachable(int code) {
    return switch (code) {
      case 0 -> "Destination Net Unreachable";
      case 1 -> "Destination Host Unreachable";
      case 2 -> "Destination Protocol Unreachable";
      case 3 -> "Destination Port Unreachable";
      case CODE_FRAGMENTATION_NEEDED -> "Frag needed and DF set";
      case 5 -> "Source Route Failed";
      case 6 -> "Destination Net Unknown";
      case 7 -> "Destination Host Unknown";
      case 8 -> "Source Host Isolated";
      case 9 -> "Destination Net Prohibited";
      case 10 -> "Destination Host Prohibited";
      case 11 -> "Destination Net Unreachable for Type of Service";
      case 12 -> "Destination Host Unreachable for Type of Service";
      case 13 -> "Packet filtered";
      case 14 -> "Precedence Violation";
      case 15 -> "Precedence Cutoff";
      default -> "Destination Unreachable, code " + code;
    };
  }

  private static String redirect(int code) {
    return switch (code) {
      case 0 -> "Redirect Network";
      case 1 -> "Redirect Host";
      case 2 -> "Redirect Type of Service and Network";
      case 3 -> "Redirect Type of Service and Host";
      default -> "Redirect, code " + code;
    };
  }
}
