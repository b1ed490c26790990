package io.ringtap.print.routing;

import io.ringtap.print.line.Line;

/// UPDATE messages of BGP (RFC 4271 §4.3).
final class BgpUpdate {
  private final Line line;
  private final BgpRoutes routes;
  private final BgpAttributes attributes;
  private long at;
  private long rest;

  BgpUpdate(Line line) {
    this.line = line;
    this.routes = new BgpRoutes(line);
    this.attributes = new BgpAttributes(line, routes);
  }

  /// Prints what follows the header.
  ///
  /// @return false if it ends within a part
  boolean print(long first, int length) {
    at = first;
    rest = length;
    if (rest < 2) {
      return false;
    }
    int withdrawn = line.u16(take(2));
    if (rest < withdrawn) {
      return false;
    }
    long left = withdrawn;
    if (withdrawn > 1) {
      line.text("\n\t  Withdrawn routes:");
      left = prefixes(withdrawn);
      if (left < 0) {
        return false;
      }
    } else {
      take(withdrawn);
    }
    if (rest < 2) {
      return false;
    }
    int attributeBytes = line.u16(take(2));
    if (left == 0 && attributeBytes == 0 && rest == 0) {
      line.text("\n\t  End-of-Rib Marker (empty NLRI)");
      return true;
    }
    if (rest < attributeBytes || !attributes(attributeBytes)) {
      return false;
    }
    if (rest > 0) {
      line.text("\n\t  Updated routes:");
      return prefixes(rest) >= 0;
    }
    return true;
  }

  private long take(long bytes) {
    long taken = at;
    at += bytes;
    rest -= bytes;
    return taken;
  }

  /// Prints prefixes of IPv4.
  ///
  /// @return how many bytes are left after one that is illegal, otherwise 0; -1 if the bytes end
  ///   within a route
  private long prefixes(long length) {
    boolean haveIds = routes.havePathIds(at, length, 32);
    long left = length;
    while (left > 0 && !line.isCut()) {
      long id = haveIds ? line.u32(take(4)) : 0;
      left -= haveIds ? 4 : 0;
      int bytes = routes.prefix("\n\t    ", false, at, left);
      if (bytes == BgpRoutes.ILLEGAL) {
        line.text("\n\t    (illegal prefix length)");
        return left;
      }
      if (bytes == BgpRoutes.SHORT) {
        return -1;
      }
      if (haveIds) {
        line.print("   Path Id: %u", id);
      }
      take(bytes);
      left -= bytes;
    }
    return 0;
  }

  /// @return false if one was cut off
  private boolean attributes(int length) {
    int left = length;
    while (left > 0 && !line.isCut()) {
      int lengthBytes = (line.u8(at) & BgpAttributes.EXTENDED_LENGTH) != 0 ? 2 : 1;
      int head = left < 2 ? 2 : 2 + lengthBytes;
      if (rest < head) {
        return false;
      }
      if (left < head) {
        line.text("\n\t  [path attrs too short]");
        take(left);
        return true;
      }
      int flags = line.u8(at);
      int type = line.u8(at + 1);
      int bytes = lengthBytes == 2 ? line.u16(at + 2) : line.u8(at + 2);
      take(head);
      left -= head;
      line.text("\n\t  ").text(BgpAttributes.TYPES.find(type, "Unknown Attribute"));
      line.print(" (%u), length: %u", type, bytes);
      if (flags != 0) {
        BgpAttributes.flags(line, flags);
        line.text(": ");
      }
      if (left < bytes) {
        line.text(" [path attrs too short]");
        take(left);
        return true;
      }
      if (!attributes.print(type, at, bytes, 0)) {
        return false;
      }
      take(bytes);
      left -= bytes;
    }
    return true;
  }
}
