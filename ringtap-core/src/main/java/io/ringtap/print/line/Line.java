package io.ringtap.print.line;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state that all protocols of one line share: the frame, where its captured part ends, what
/// the headers so far said, and the text so far. A printer uses one instance for all packets.
///
/// It is a cursor that never reads beyond the captured bytes, nor beyond the innermost packet. The
/// first read that would, cuts the line: it will end with a mark of the protocol that was being
/// read, such as `[|udp]`, and without what is printed after that read. From there on nothing is
/// readable: numbers read as zero, [#has] is false and [#end] is before every offset. So a protocol
/// need not check what it reads, but a loop over a packet must end when [#isCut].
///
/// Arguments are read before a template is printed. So `print(", id %u", u16(at))` leaves out the
/// words too if the number was not captured, as tcpdump does; text that was printed before the read
/// stays.
public final class Line extends PacketCursor {
  private static final int DUMP_ROW = 16; // bytes
  private static final int[] TIME_UNITS = {604_800, 86_400, 3600, 60, 1}; // seconds

  private final Detail detail;
  private final List<Carrier> carriers = new ArrayList<>();
  private StringBuilder out = new StringBuilder();
  private long payload;
  private long linkSource;
  private long linkDestination;
  private int carrierCount;
  private int sourcePort;
  private int destinationPort;

  /// Creates a line without a packet.
  public Line(Detail detail) {
    this.detail = detail;
  }

  /// Begins a packet.
  ///
  /// @param to gets the text
  /// @param endOfCapture the offset after the last captured byte
  public void begin(StringBuilder to, MemorySegment memory, long at, long endOfCapture) {
    out = to;
    read(memory, endOfCapture);
    payload = at;
    linkSource = -1;
    linkDestination = -1;
    carrierCount = 0;
    sourcePort = 0;
    destinationPort = 0;
  }

  /// Ends the packet's text: adds the mark of a cut line. All captured bytes are readable again.
  public void finish() {
    String cutProtocol = readAll();
    if (cutProtocol != null) {
      out.setLength(cutLength());
      mark(cutProtocol);
    }
  }

  // How much to print

  /// Whether `-v` was given.
  public boolean isVerbose() {
    return detail.verbosity() > 0;
  }

  /// 0, 1 for `-v`, 2 for `-vv` and so on.
  public int verbosity() {
    return detail.verbosity();
  }

  /// Whether checksums of IP, TCP and UDP are verified and printed: with `-v` and without `-K`.
  public boolean isVerifying() {
    return isVerbose() && !detail.isTrusting();
  }

  /// Whether `-q` was given.
  public boolean isQuiet() {
    return detail.isQuiet();
  }

  /// Whether `-e` was given.
  public boolean hasLinkHeader() {
    return detail.hasLinkHeader();
  }

  /// Whether `-S` was given.
  public boolean hasAbsoluteSequences() {
    return detail.hasAbsoluteSequences();
  }

  /// Whether numbers of autonomous systems are printed in two parts.
  public boolean hasDottedSystems() {
    return detail.hasDottedSystems();
  }

  /// The secret with which messages are signed; null if it is not known.
  public @Nullable String secret() {
    return detail.secret();
  }

  // What the headers so far said

  /// Notes the offset after the link-level header, where dumps begin.
  public void payload(long at) {
    payload = at;
  }

  /// The offset after the link-level header, where dumps begin.
  public long payload() {
    return payload;
  }

  /// Notes the offsets of the Ethernet addresses.
  public void linkAddresses(long source, long destination) {
    linkSource = source;
    linkDestination = destination;
  }

  /// The offset of the sender's Ethernet address; -1 if it is not known.
  public long linkSource() {
    return linkSource;
  }

  /// The offset of the receiver's Ethernet address; -1 if it is not known.
  public long linkDestination() {
    return linkDestination;
  }

  /// Begins an IP packet, in the one before it if there is one. The caller ends it with [#leaveIp].
  ///
  /// @param at the offset of its header, whose fixed part was captured
  public Carrier enterIp(boolean isIpv6, long at) {
    if (carrierCount == carriers.size()) {
      carriers.add(new Carrier(this));
    }
    Carrier carrier = carriers.get(carrierCount++);
    carrier.begin(isIpv6, at);
    return carrier;
  }

  /// Returns to the IP packet around the innermost one.
  public void leaveIp() {
    carrierCount--;
  }

  /// The innermost IP header; for protocols that only IP carries.
  public Carrier carrier() {
    return carriers.get(carrierCount - 1);
  }

  /// Notes the ports of TCP or UDP.
  public void ports(int source, int destination) {
    sourcePort = source;
    destinationPort = destination;
  }

  /// The source port of the innermost TCP or UDP packet.
  public int sourcePort() {
    return sourcePort;
  }

  /// The destination port of the innermost TCP or UDP packet.
  public int destinationPort() {
    return destinationPort;
  }

  // Printing

  @Override
  int printed() {
    return out.length();
  }

  /// The text so far, for what is not covered here.
  public StringBuilder out() {
    return out;
  }

  /// Prints the mark of a protocol that was cut off; the line goes on.
  public void mark(String layer) {
    out.append(" [|").append(layer).append(']');
  }

  /// Prints that the packet contradicts its protocol.
  public void invalid() {
    out.append(" (invalid)");
  }

  /// As [#invalid], where `length` bytes at `at` are left unread; cuts the line after it if they
  /// were not captured.
  public void invalid(long at, long length) {
    invalid();
    boolean _ = needs(at, length);
  }

  /// Prints `text`.
  public Line text(String text) {
    out.append(text);
    return this;
  }

  /// Prints `number` in decimal.
  public Line number(long number) {
    out.append(number);
    return this;
  }

  /// Prints `number`, which has no sign, in decimal.
  public Line unsigned(long number) {
    if (number >= 0) {
      return number(number);
    }
    long tens = Long.divideUnsigned(number, 10);
    return number(tens).number(number - tens * 10);
  }

  /// Prints a template with numbers in the places of `%u` (decimal) and `%x` (hexadecimal), which
  /// may have a least number of digits: `%08x`, `%02u`; `%%` is a percent sign.
  public Line print(String template, long first) {
    return print(template, first, 0, 0, 0);
  }

  /// As [#print(String, long)], with two numbers.
  public Line print(String template, long first, long second) {
    return print(template, first, second, 0, 0);
  }

  /// As [#print(String, long)], with three numbers.
  public Line print(String template, long first, long second, long third) {
    return print(template, first, second, third, 0);
  }

  /// As [#print(String, long)], with four numbers.
  public Line print(String template, long first, long second, long third, long fourth) {
    int used = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int digits = 0;
      for (c = template.charAt(++i); c >= '0' && c <= '9'; c = template.charAt(++i)) {
        digits = digits * 10 + c - '0';
      }
      if (c == '%') {
        out.append(c);
        continue;
      }
      long value =
          switch (used++) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> fourth;
          };
      if (c == 'x') {
        plainHex(value, Math.max(1, digits));
      } else {
        decimal(value, digits);
      }
    }
    return this;
  }

  private void decimal(long value, int digits) {
    long least = 1;
    for (int i = 1; i < digits; i++) {
      least *= 10;
    }
    for (; least > 1 && value < least; least /= 10) {
      out.append('0');
    }
    out.append(value);
  }

  /// Prints a number of seconds in weeks, days, hours, minutes and seconds, as far as they are not
  /// zero: `1h30m`.
  public Line duration(long seconds) {
    long rest = seconds;
    for (int i = 0; i < TIME_UNITS.length; i++) {
      if (rest >= TIME_UNITS[i] || (seconds == 0 && TIME_UNITS[i] == 1)) {
        number(rest / TIME_UNITS[i]);
        out.append("wdhms".charAt(i));
        rest %= TIME_UNITS[i];
      }
    }
    return this;
  }

  /// Moves the text from the offset `begin` of [#out] on to the right end of a column.
  public Line alignRight(int begin, int width) {
    while (out.length() - begin < width) {
      out.insert(begin, ' ');
    }
    return this;
  }

  /// Prints `name`, or if it is null the template `other` with `number`.
  public Line name(@Nullable String name, String other, long number) {
    return name != null ? text(name) : print(other, number);
  }

  /// Prints the names of the bits that are set in `bits`, or `none`.
  public Line bits(BitNames names, long bits, String none) {
    names.print(this, bits, none);
    return this;
  }

  /// Prints `value` as `0x` and at least `digits` digits.
  public Line hex(long value, int digits) {
    out.append("0x");
    return plainHex(value, digits);
  }

  /// Prints `value` in hexadecimal with at least `digits` digits.
  public Line plainHex(long value, int digits) {
    boolean isLeading = true;
    for (int i = Long.SIZE / 4 - 1; i >= 0; i--) {
      int digit = (int) (value >>> (i * 4)) & 0xF;
      isLeading &= digit == 0 && i >= digits && i > 0;
      if (!isLeading) {
        out.append(Character.forDigit(digit, 16));
      }
    }
    return this;
  }

  /// Prints the bytes at `at` in hexadecimal.
  public Line hexBytes(long at, long length) {
    for (long i = at; i < at + length && needs(i, 1); i++) {
      plainHex(u8(i), 2);
    }
    return this;
  }

  /// Prints bytes in pairs of digits with colons between, as hardware addresses have them.
  public Line hardware(long at, long length) {
    if (needs(at, length)) {
      for (int i = 0; i < length; i++) {
        if (i > 0) {
          out.append(':');
        }
        plainHex(u8(at + i), 2);
      }
    }
    return this;
  }

  /// Prints the IPv4 address at `at`.
  public Line ipv4(long at) {
    if (needs(at, 4)) {
      IpAddress.appendIpv4(out, NetworkOrder.word(frame(), at));
    }
    return this;
  }

  /// Prints the IPv6 address at `at`.
  public Line ipv6(long at) {
    if (needs(at, 16)) {
      ipv6(NetworkOrder.doubleWord(frame(), at), NetworkOrder.doubleWord(frame(), at + Long.BYTES));
    }
    return this;
  }

  /// Prints the IPv6 address with these halves. One that only embeds an IPv4 address (RFC 4291
  /// §2.5.5.1) ends like it, as in tcpdump.
  public Line ipv6(long high, long low) {
    if (high == 0 && low >>> 16 != 0 && low >>> 32 == 0) {
      IpAddress.appendIpv4(out.append("::"), (int) low);
    } else {
      IpAddress.appendIpv6(out, high, low);
    }
    return this;
  }

  /// Prints the IPv6 or IPv4 address at `at`.
  public Line address(boolean isIpv6, long at) {
    return isIpv6 ? ipv6(at) : ipv4(at);
  }

  /// Prints a byte of a packet so that every value can be seen: as it is if it is printable ASCII,
  /// a control character as `^A`, one with the highest bit as `M-` and the rest.
  public Line visible(int value) {
    if (value >= 0x80) {
      out.append("M-");
    }
    int ascii = value & 0x7F;
    if (ascii < ' ' || ascii > '~') {
      out.append('^').append((char) (ascii ^ 0x40));
    } else {
      out.append((char) ascii);
    }
    return this;
  }

  /// Prints bytes of a packet by [#visible], those that were captured.
  public Line visibleText(long at, long length) {
    for (long i = at; i < at + length && needs(i, 1); i++) {
      visible(u8(i));
    }
    return this;
  }

  /// Prints a field of `length` bytes up to its first zero byte, as [#visible] does.
  public Line paddedText(long at, long length) {
    for (long i = at; i < at + length && u8(i) != 0; i++) {
      visible(u8(i));
    }
    return this;
  }

  /// Prints bytes of a packet by [#visible], up to a byte of zero.
  public Line visibleName(long at, long length) {
    for (long i = at; i < at + length && needs(i, 1) && u8(i) != 0; i++) {
      visible(u8(i));
    }
    return this;
  }

  /// Prints a byte of a packet as text: as it is if it is printable ASCII, otherwise as a dot.
  public Line safe(int value) {
    out.append(value >= ' ' && value <= '~' ? (char) value : '.');
    return this;
  }

  /// Prints `length` bytes of a packet as text, with dots for those that are not printable ASCII.
  public Line safeText(long at, long length) {
    if (needs(at, length)) {
      for (long i = at; i < at + length; i++) {
        safe(u8(i));
      }
    }
    return this;
  }

  /// Prints the bytes of a protocol that is not known, unless all packets are dumped anyway or the
  /// output is quiet.
  public void unknown(long at) {
    if (dumpsUnknown()) {
      hexDump(at, true);
    }
  }

  /// Whether the bytes of a protocol that is not known are printed.
  public boolean dumpsUnknown() {
    return !detail.hasHexDump() && !detail.isQuiet();
  }

  /// Prints rows of sixteen bytes up to the end.
  public void hexDump(long at, boolean withText) {
    hexDump("\n\t", at, end() - at, withText);
  }

  /// Prints rows of sixteen bytes; bytes that were not captured are left out.
  ///
  /// @param before each row
  public void hexDump(String before, long at, long length, boolean withText) {
    long last = Math.min(end(), at + length);
    for (long row = at; row < last; row += DUMP_ROW) {
      long rowEnd = Math.min(last, row + DUMP_ROW);
      text(before).hex(row - at, 4).text(": ");
      for (long i = row; i < rowEnd; i++) {
        if ((i - row) % 2 == 0) {
          out.append(' ');
        }
        plainHex(u8(i), 2);
      }
      if (withText) {
        long missing = DUMP_ROW - (rowEnd - row);
        out.repeat(' ', (int) (missing * 2 + missing / 2 + 2));
        for (long i = row; i < rowEnd; i++) {
          int value = u8(i);
          out.append(value > ' ' && value <= '~' ? (char) value : '.');
        }
      }
    }
  }

  /// Prints the bytes up to the end as text. A byte that is not printable ASCII, a tab or an end of
  /// line becomes a dot, so no escape sequence reaches a terminal.
  public void textDump(long at) {
    out.append('\n');
    for (long i = at; i < end(); i++) {
      int value = u8(i);
      if (value == '\r' && i + 1 < end() && u8(i + 1) == '\n') {
        continue;
      }
      boolean passes = (value >= ' ' && value <= '~') || value == '\n' || value == '\t';
      out.append(passes ? (char) value : '.');
    }
  }
}
