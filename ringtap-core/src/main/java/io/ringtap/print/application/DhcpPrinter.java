package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// BOOTP and DHCP (RFC 951, RFC 2131): who asks or answers. Options are not printed.
public final class DhcpPrinter implements Protocol {
  private static final int REQUEST = 1;
  private static final int REPLY = 2;
  private static final int HARDWARE_ADDRESS = 28; // offset

  private final Line line;

  public DhcpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("bootp");
    int operation = line.u8(at);
    line.text("BOOTP/DHCP, ");
    switch (operation) {
      case REQUEST -> line.text("Request");
      case REPLY -> line.text("Reply");
      default -> line.print("unknown (0x%02x)", operation);
    }
    int hardwareType = line.u8(at + 1);
    int hardwareLength = line.u8(at + 2);
    boolean isEthernet = hardwareType == 1 && hardwareLength == 6;
    if (isEthernet && operation == REQUEST && line.needs(at + HARDWARE_ADDRESS, 6)) {
      line.text(" from ").hardware(at + HARDWARE_ADDRESS, 6);
    }
    line.print(", length %u", length);
  }
}
