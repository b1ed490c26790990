package io.ringtap.print.switching;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// The configuration testing protocol, whose frames switches send to themselves (Ethernet 2.0 of
/// DEC, Intel and Xerox, §8). Numbers are little-endian.
public final class ConfigurationTestPrinter implements Protocol {
  private static final int ADDRESS = 6; // bytes
  private static final int NUMBER = 2; // bytes
  private static final int REPLY = 1; // functions
  private static final int FORWARD = 2;

  private final Line line;

  public ConfigurationTestPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("loopback");
    line.text("Loopback");
    if (length < NUMBER) {
      line.invalid(at, length);
      return;
    }
    int skip = line.littleU16(at);
    line.print(", skipCount %u", skip);
    if (skip % 8 != 0) {
      line.text(" (bogus)");
    }
    long function = at + NUMBER;
    long rest = length - NUMBER;
    if (skip > rest) {
      line.invalid(function, rest);
    } else if (line.needs(function, skip)) {
      message(function + skip, rest - skip);
    }
  }

  private void message(long at, long length) {
    if (length < NUMBER) {
      line.invalid(at, length);
      return;
    }
    int function = line.littleU16(at);
    long value = at + NUMBER;
    long rest = length - NUMBER;
    switch (function) {
      case REPLY -> {
        line.text(", Reply");
        if (rest < NUMBER) {
          line.invalid(value, rest);
          return;
        }
        line.print(", receipt number %u", line.littleU16(value));
        data(value + NUMBER, rest - NUMBER);
      }
      case FORWARD -> {
        line.text(", Forward Data");
        if (rest < ADDRESS) {
          line.invalid(value, rest);
        } else if (line.needs(value, ADDRESS)) {
          line.text(", forwarding address ").hardware(value, ADDRESS);
          data(value + ADDRESS, rest - ADDRESS);
        }
      }
      default -> {
        line.print(",  invalid (%u)", function);
        boolean _ = line.needs(value, rest);
      }
    }
  }

  private void data(long at, long length) {
    line.print(", data (%u octets)", length);
    boolean _ = line.needs(at, length);
  }
}
