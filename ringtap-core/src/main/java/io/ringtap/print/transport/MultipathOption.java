package io.ringtap.print.transport;

import io.ringtap.packet.TcpHeader;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The option of Multipath TCP (RFC 6824, RFC 8684 §3): what one connection over several paths
/// needs.
final class MultipathOption {
  private static final int CAPABLE = 0;
  private static final int JOIN = 1;
  private static final int DATA_SEQUENCE = 2;
  private static final int ADD_ADDRESS = 3;
  private static final int REMOVE_ADDRESS = 4;
  private static final int PRIORITY = 5;
  private static final int FAIL = 6;
  private static final int FAST_CLOSE = 7;

  private static final Names SUBTYPES =
      Names.of(
          """
          0 capable
          1 join
          2 dss
          3 add-addr
          4 rem-addr
          5 prio
          6 fail
          7 fast-close\
          """);

  /// The version of the protocol, or that the address is only repeated to acknowledge it.
  private static final Names ADDRESS_KINDS =
      Names.of(
          """
          0 v1
          1 v1-echo
          4 v0-ip4
          6 v0-ip6\
          """);

  private static final int CHECKSUM_REQUIRED = 0x80;
  private static final int BACKUP = 0x01;

  private static final int HAS_ACK = 0x01;
  private static final int HAS_LONG_ACK = 0x02;
  private static final int HAS_MAPPING = 0x04;
  private static final int HAS_LONG_SEQUENCE = 0x08;
  private static final int FIN = 0x10;

  private final Line line;
  private long next; // the offset after what has been printed of a data sequence signal
  private long end;

  MultipathOption(Line line) {
    this.line = line;
  }

  /// Prints the option at `at`, all of which was captured.
  ///
  /// @param flags of the TCP header: they decide what the option has to hold
  /// @return false if it is malformed
  boolean print(long at, int length, int flags) {
    if (length < 3) {
      return false;
    }
    int first = line.u8(at + 2);
    line.print(" %u ", length).text(SUBTYPES.find(first >> 4, "unknown"));
    boolean isSyn = (flags & TcpHeader.SYN) != 0;
    boolean isAck = (flags & TcpHeader.ACK) != 0;
    return switch (first >> 4) {
      case CAPABLE -> capable(at, length, isSyn, isAck);
      case JOIN -> join(at, length, isSyn, isAck);
      case DATA_SEQUENCE -> length >= 4 && !isSyn && dataSequence(at, length);
      case ADD_ADDRESS -> addAddress(at, length);
      case REMOVE_ADDRESS -> removeAddress(at, length);
      case PRIORITY -> priority(at, length);
      case FAIL -> {
        boolean isSound = length == 12;
        if (isSound) {
          line.text(" seq ").unsigned(line.u64(at + 4));
        }
        yield isSound;
      }
      case FAST_CLOSE -> {
        boolean isSound = length == 12;
        if (isSound) {
          line.print(" key 0x%x", line.u64(at + 4));
        }
        yield isSound;
      }
      default -> true;
    };
  }

  private boolean capable(long at, int length, boolean isSyn, boolean isAck) {
    boolean isOpening = (length == 12 || length == 4) && isSyn;
    boolean isOpened = (length == 20 || length == 22) && isAck && !isSyn;
    if (!isOpening && !isOpened) {
      return false;
    }
    int version = line.u8(at + 2) & 0xF;
    if (version > 1) {
      line.print(" Unknown Version (%u)", version);
      return true;
    }
    line.print(" v%u", version);
    line.text((line.u8(at + 3) & CHECKSUM_REQUIRED) != 0 ? " csum" : "");
    if (length >= 12) {
      line.print(" {0x%x", line.u64(at + 4));
      if (isOpened) {
        line.print(",0x%x", line.u64(at + 12));
      }
      line.text("}");
    }
    return true;
  }

  private boolean join(long at, int length, boolean isSyn, boolean isAck) {
    boolean isRequest = length == 12 && isSyn;
    boolean isAnswer = length == 16 && isSyn && isAck;
    boolean isLast = length == 24 && isAck;
    if (!isRequest && !isAnswer && !isLast) {
      return false;
    }
    if (isLast) {
      line.text(" hmac 0x").hexBytes(at + 4, 20);
      return true;
    }
    line.text((line.u8(at + 2) & BACKUP) != 0 ? " backup" : "");
    line.print(" id %u", line.u8(at + 3));
    if (isRequest) {
      line.print(" token 0x%x nonce 0x%x", line.u32(at + 4), line.u32(at + 8));
    } else {
      line.print(" hmac 0x%x nonce 0x%x", line.u64(at + 4), line.u32(at + 12));
    }
    return true;
  }

  private boolean dataSequence(long at, int length) {
    next = at + 4;
    end = at + length;
    int flags = line.u8(at + 3);
    line.text((flags & FIN) != 0 ? " fin" : "");
    if ((flags & HAS_ACK) != 0 && !sequence(" ack ", (flags & HAS_LONG_ACK) != 0)) {
      return false;
    }
    if ((flags & HAS_MAPPING) != 0) {
      if (!sequence(" seq ", (flags & HAS_LONG_SEQUENCE) != 0)
          || end - next < 4
          || !sequence(" subseq ", false)
          || end - next < 2) {
        return false;
      }
      line.print(" len %u", line.u16(next));
      next += 2;
      if (end - next >= 2) {
        line.print(" csum 0x%x", line.u16(next));
        next += 2;
      }
    }
    return next == end;
  }

  private boolean sequence(String before, boolean isLong) {
    int bytes = isLong ? 8 : 4;
    boolean isThere = end - next >= bytes;
    line.text(before);
    if (isThere) {
      line.unsigned(isLong ? line.u64(next) : line.u32(next));
      next += bytes;
    }
    return isThere;
  }

  private boolean addAddress(long at, int length) {
    boolean isIpv6 = length >= 20;
    int more = length - (isIpv6 ? 20 : 8); // beyond the address
    if (more != 0 && more != 2 && more != 8 && more != 10) {
      return false;
    }
    line.text(" ").text(ADDRESS_KINDS.find(line.u8(at + 2) & 0xF, "[bad version/echo]"));
    line.print(" id %u ", line.u8(at + 3)).address(isIpv6, at + 4);
    long rest = at + length - more;
    boolean hasPort = more % 8 == 2;
    if (hasPort) {
      line.print(":%u", line.u16(rest));
    }
    if (more >= 8) {
      line.print(" hmac 0x%x", line.u64(hasPort ? rest + 2 : rest));
    }
    return true;
  }

  private boolean removeAddress(long at, int length) {
    if (length < 4) {
      return false;
    }
    line.text(" id");
    for (int i = 3; i < length; i++) {
      line.print(" %u", line.u8(at + i));
    }
    return true;
  }

  private boolean priority(long at, int length) {
    if (length > 4) {
      return false;
    }
    line.text((line.u8(at + 2) & BACKUP) != 0 ? " backup" : " non-backup");
    if (length == 4) {
      line.print(" id %u", line.u8(at + 3));
    }
    return true;
  }
}
