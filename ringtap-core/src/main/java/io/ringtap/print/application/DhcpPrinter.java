package io.ringtap.print.application;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// BOOTP and DHCP (RFC 951, RFC 2131): who asks or answers; with `-v` all fields and options.
public final class DhcpPrinter implements Protocol {
  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private static final int TRANSACTION = 4; // offsets
  private static final int SECONDS = 8;
  private static final int FLAGS = 10;
  private static final int CLIENT_ADDRESS = 12;
  private static final int HARDWARE_ADDRESS = 28;
  private static final int SERVER_NAME = 44;
  private static final int FILE = 108;
  private static final int VENDOR = 236;

  private static final int SERVER_NAME_BYTES = FILE - SERVER_NAME;
  private static final int FILE_BYTES = VENDOR - FILE;

  private static final long DHCP = 0x6382_5363L; // magic cookie (RFC 2131 §3)
  private static final long CMU = 0x434D_5500L; // that of an older format of fixed fields
  private static final int HAS_SUBNET_MASK = 1;

  private static final BitNames FLAG_NAMES = BitNames.of("", "0x8000 Broadcast");

  private final Line line;
  private final DhcpOptions options;

  public DhcpPrinter(Line line) {
    this.line = line;
    this.options = new DhcpOptions(line);
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
    if (line.isVerbose() && line.needs(at + SECONDS, 2)) {
      if (hardwareType != 1) {
        line.print(", htype %u", hardwareType);
      }
      if (!isEthernet) {
        line.print(", hlen %u", hardwareLength);
      }
      header(at);
      addresses(at, isEthernet);
      boolean isWhole =
          text("sname", at + SERVER_NAME, SERVER_NAME_BYTES) && text("file", at + FILE, FILE_BYTES);
      if (isWhole) {
        vendor(at + VENDOR);
      }
    }
  }

  private void header(long at) {
    if (line.u8(at + 3) != 0) {
      line.print(", hops %u", line.u8(at + 3));
    }
    if (line.u32(at + TRANSACTION) != 0) {
      line.print(", xid 0x%x", line.u32(at + TRANSACTION));
    }
    if (line.u16(at + SECONDS) != 0) {
      line.print(", secs %u", line.u16(at + SECONDS));
    }
    int flags = line.u16(at + FLAGS);
    line.text(", Flags [").bits(FLAG_NAMES, flags, "none").text("]");
    if (line.verbosity() > 1) {
      line.print(" (0x%04x)", flags);
    }
  }

  private void addresses(long at, boolean isEthernet) {
    address("\n\t  Client-IP ", at + CLIENT_ADDRESS);
    address("\n\t  Your-IP ", at + CLIENT_ADDRESS + 4);
    address("\n\t  Server-IP ", at + CLIENT_ADDRESS + 8);
    address("\n\t  Gateway-IP ", at + CLIENT_ADDRESS + 12);
    if (isEthernet && line.needs(at + HARDWARE_ADDRESS, 6)) {
      line.text("\n\t  Client-Ethernet-Address ").hardware(at + HARDWARE_ADDRESS, 6);
    }
  }

  private void address(String name, long at) {
    if (line.u32(at) != 0) {
      line.text(name).ipv4(at);
    }
  }

  /// A text that ends with a zero.
  ///
  /// @return false if it has no end
  private boolean text(String name, long at, int most) {
    if (line.u8(at) == 0) {
      return true;
    }
    line.text("\n\t  ").text(name).text(" \"");
    int length = 0;
    while (length < most && line.has(at + length, 1) && line.u8(at + length) != 0) {
      line.visible(line.u8(at + length));
      length++;
    }
    line.text("\"");
    boolean isWhole = length < most && line.has(at + length, 1);
    if (!isWhole) {
      line.mark("bootp");
    }
    return isWhole;
  }

  private void vendor(long at) {
    long magic = line.u32(at);
    if (magic == DHCP) {
      line.print("\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x%08x", magic);
      options.print(at + 4);
    } else if (magic == CMU) {
      fixed(at);
    } else if (magic != 0) {
      line.print("\n\t  Vendor-#0x%x", magic);
    }
  }

  private void fixed(long at) {
    line.text(" vend-cmu");
    int flags = line.needs(at + 4, 4) ? line.u8(at + 4) : 0;
    if ((flags & ~HAS_SUBNET_MASK) != 0) {
      line.print(" F:0x%x", flags);
    }
    address(" DG:", at + 12);
    address((flags & HAS_SUBNET_MASK) != 0 ? " SM:" : " SM*:", at + 8);
    address(" NS1:", at + 16);
    address(" NS2:", at + 20);
    address(" IEN1:", at + 24);
    address(" IEN2:", at + 28);
    address(" TS1:", at + 32);
    address(" TS2:", at + 36);
  }
}
