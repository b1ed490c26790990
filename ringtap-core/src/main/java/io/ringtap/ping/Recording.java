package io.ringtap.ping;

/// What routers, and the target, are asked to write into the IPv4 header of a probe and of its
/// reply (RFC 791 §3.1). Many drop packets with such an option; those of Linux write.
public enum Recording {
  /// Nothing.
  NONE(0),
  /// The addresses of the first nine, as with `ping -R`.
  ROUTE(0x01_07_27_04),
  /// The times of the first nine, as with `ping -T tsonly`.
  TIMES(0x44_28_05_00),
  /// Addresses and times of the first four, as with `ping -T tsandaddr`.
  ROUTE_AND_TIMES(0x44_24_05_01);

  private final int option;

  Recording(int option) {
    this.option = option;
  }

  /// The first four bytes of the option, in which no address or time stands yet; 0 for none.
  int option() {
    return option;
  }

  static Recording of(int option) {
    for (Recording each : values()) {
      if (each.option == option) {
        return each;
      }
    }
    throw new IllegalArgumentException("no such option: " + option);
  }
}
