package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.UtcTime;
import org.jspecify.annotations.Nullable;

/// The values of RADIUS attributes.
final class RadiusAttributes {
  private static final int EAP_HEADER = 4; // bytes
  private static final int HIGHEST_TAG = 0x1F; // RFC 2868 §3
  private static final long SELECTED_BY_USER = 0xFFFF_FFFFL;
  private static final long SELECTED_BY_SERVER = 0xFFFF_FFFEL;

  private static final Names VLAN_TAGS =
      Names.of(
          """
          0x31 Tagged
          0x32 Untagged\
          """);

  private static final Names NAMESPACES =
      Names.of(
          """
          0x30 TADIG
          0x31 REALM
          0x32 E212
          0x33 ICC\
          """);

  private final Line line;
  private final Protocol eap;
  private final UtcTime utc;

  /// @param eap prints what an attribute carries of it
  RadiusAttributes(Line line, Protocol eap) {
    this.line = line;
    this.eap = eap;
    this.utc = new UtcTime(line);
  }

  /// Prints a value of at least one byte.
  ///
  /// @param form its form in [RadiusNames#ATTRIBUTES]; there is nothing to print of `-`
  void print(int type, char form, long at, int length) {
    switch (form) {
      case 's', 't', 'P', 'V' -> string(form, at, length);
      case 'a', 'A' -> {
        if (hasLength(4, length, at)) {
          address(form == 'A' ? line.u32(at) : 0, at);
        }
      }
      case 'n', 'v', 'T', 'p', 'e', 'd', 'x', 'l', 'w', 'c' -> {
        if (hasLength(4, length, at)) {
          number(type, form, at);
        }
      }
      case '6' -> {
        if (hasLength(16, length, at)) {
          line.ipv6(at);
        }
      }
      case 'm' -> prefix(at, length);
      case 'r' -> {
        if (hasLength(16, length, at)) {
          line.text("User_challenge (");
          upperHex(at, 8);
          line.text(") User_resp(");
          upperHex(at + 8, 8);
          line.text(")");
        }
      }
      case 'f' -> {
        if (hasLength(14, length, at)) {
          line.text(line.u8(at) != 0 ? "User can" : "User cannot").text(" change password");
          line.print(", Min password length: %u, created at: ", line.u8(at + 1));
          upperHex(at + 2, 4);
          line.text(", expires in: ");
          upperHex(at + 6, 4);
          line.text(", Current Time: ");
          upperHex(at + 10, 4);
        }
      }
      case 'h' -> {
        if (length < 8) {
          line.print("ERROR: length %u != 8", length);
        } else if (line.needs(at, 8)) {
          upperHex(at, 8);
        }
      }
      case 'E' -> error(at, length);
      case 'g' -> vendor(at, length);
      case 'k' -> {
        if (isThere(at, Math.max(length, EAP_HEADER))) {
          eap.print(at, length);
          line.enter("radius");
        }
      }
      case 'o' -> operator(at, length);
      default -> {}
    }
  }

  private boolean hasLength(int needed, int length, long at) {
    if (length != needed) {
      line.print("ERROR: length %u != %u", length, needed);
      return false;
    }
    return line.needs(at, needed);
  }

  /// Whether a text was captured; it marks where it was not.
  private boolean isThere(long at, long length) {
    boolean isThere = line.has(at, length);
    if (!isThere) {
      line.mark("radius");
    }
    return isThere;
  }

  private void string(char form, long first, int length) {
    if (form == 'P' && length < 3) {
      line.mark("radius");
      return;
    }
    if (!isThere(first, length)) {
      return;
    }
    long at = first;
    int tag = line.u8(at);
    switch (form) {
      case 'P' -> {
        tag(tag <= HIGHEST_TAG ? tag : 0);
        line.print("Salt %u ", line.u16(at + 1));
        at += 3;
      }
      case 't' -> {
        if (tag <= HIGHEST_TAG) {
          tag(tag);
          at++;
        }
      }
      case 'V' -> {
        vlanTag(tag);
        at++;
      }
      default -> {}
    }
    for (long end = first + length; at < end && line.u8(at) != 0; at++) {
      line.safe(line.u8(at));
    }
  }

  private void tag(int tag) {
    if (tag == 0) {
      line.text("Tag[Unused] ");
    } else {
      line.print("Tag[%u] ", tag);
    }
  }

  private void vlanTag(int tag) {
    line.text(VLAN_TAGS.find(tag, "Unknown tag")).print(" (0x%02x) ", tag);
  }

  private void address(long selected, long at) {
    if (selected == SELECTED_BY_USER) {
      line.text("User Selected");
    } else if (selected == SELECTED_BY_SERVER) {
      line.text("NAS Select");
    } else {
      line.ipv4(at);
    }
  }

  private void number(int type, char form, long at) {
    long number = line.u32(at);
    switch (form) {
      case 'v' -> line.name(RadiusNames.values(type).find(number), "#%u", number);
      case 'T' -> {
        tag(line.u8(at));
        line.name(RadiusNames.values(type).find(line.u24(at + 1)), "#%u", line.u24(at + 1));
      }
      case 'p' -> {
        tag(line.u8(at));
        line.number(line.u24(at + 1));
      }
      case 'e' -> {
        vlanTag(line.u8(at));
        line.number(line.u24(at + 1));
      }
      case 'd' -> duration(number);
      case 'x' -> special(number == SELECTED_BY_SERVER ? "NAS Select" : null, number);
      case 'l' -> special(number == 0 ? "Unnumbered" : null, number);
      case 'w' -> special(number == 0 ? "NAS assigned" : null, number);
      case 'c' -> utc.words(number);
      default -> line.number(number);
    }
  }

  private void special(@Nullable String name, long number) {
    line.name(name, "%u", number);
  }

  private void duration(long seconds) {
    if (seconds < 60) {
      line.print("%02u secs", seconds);
    } else if (seconds < 3600) {
      line.print("%02u:%02u min", seconds / 60, seconds % 60);
    } else {
      line.print("%02u:%02u:%02u hours", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
  }

  /// A reserved byte, the length of the prefix in bits, and its bytes as far as they are not zero
  /// (RFC 3162 §2.3).
  private void prefix(long at, int length) {
    if (length < 2 || length > 18) {
      line.print("ERROR: length %u not in range (2..18)", length);
      return;
    }
    if (!isThere(at, length)) {
      return;
    }
    int bits = line.u8(at + 1);
    if (bits > 128) {
      line.print("ERROR: netmask %u not in range (0..128)", bits);
      return;
    }
    int bytes = length - 2;
    line.ipv6(line.leading(at + 2, bytes), line.leading(at + 10, bytes - 8)).print("/%u", bits);
    line.text(bits > bytes * 8 ? " (inconsistent prefix length)" : "");
  }

  private void upperHex(long at, int length) {
    for (long i = at; i < at + length; i++) {
      int value = line.u8(i);
      line.out().append(Character.toUpperCase(Character.forDigit(value >> 4, 16)));
      line.out().append(Character.toUpperCase(Character.forDigit(value & 0xF, 16)));
    }
  }

  private void error(long at, int length) {
    if (length != 4) {
      line.print("Error: length %u != 4", length);
      return;
    }
    if (line.needs(at, 4)) {
      long cause = line.u32(at);
      line.print("Error cause %u: ", cause);
      line.name(RadiusNames.ERRORS.find(cause), "Error-Cause %u not known", cause);
    }
  }

  /// An enterprise and its attributes (RFC 2865 §5.26).
  private void vendor(long first, int length) {
    if (length < 4) {
      line.mark("radius");
      return;
    }
    if (!line.needs(first, 4)) {
      return;
    }
    long vendor = line.u32(first);
    line.text("Vendor: ").text(Organizations.ENTERPRISES.find(vendor, "Unknown"));
    line.print(" (%u)", vendor);
    long end = first + length;
    long at = first + 4;
    while (end - at >= 2 && line.needs(at, 2)) {
      int valueLength = line.u8(at + 1) - 2;
      boolean isBogus = valueLength < 0 || valueLength + 2 > end - at;
      if (!isBogus && !isThere(at + 2, valueLength)) {
        return;
      }
      line.print("\n\t    Vendor Attribute: %u, Length: ", line.u8(at));
      if (isBogus) {
        line.number(valueLength + 2L).text(" (bogus, ");
        line.text(
            valueLength < 0 ? "must be >= 2)" : "goes past end of vendor-specific attribute)");
        return;
      }
      line.number(valueLength).text(", Value: ").safeText(at + 2, valueLength);
      at += 2L + valueLength;
    }
  }

  /// Who operates the network (RFC 5580 §4.1).
  private void operator(long at, int length) {
    if (length < 2) {
      line.print("ERROR: length %u < 2", length);
      return;
    }
    if (!isThere(at, length)) {
      return;
    }
    int space = line.u8(at);
    line.text("[").name(NAMESPACES.find(space), "unknown namespace %u", space).text("] ");
    for (long i = at + 1; i < at + length; i++) {
      line.visible(line.u8(i));
    }
  }
}
