package io.ringtap.target;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import java.net.IDN;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/// Reads one target: a name, an address with or without a scope, a prefix or a range.
///
/// A prefix stands for all of its addresses, the first and the last too: on today's networks they
/// are as often hosts as not, and a sweep of a /16 is 65 536 probes.
public final class TargetParser {
  /// A target that cannot be understood. The message quotes it and says what would be right.
  public static final class BadTarget extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    /// @param target as it was written; what would break a line is left out of the message
    /// @param problem what is wrong with it
    public BadTarget(String target, String problem) {
      super("'" + printable(target) + "': " + problem);
    }

    /// Foreign text on one line, without what could move the cursor of a terminal.
    private static String printable(String text) {
      StringBuilder shown = new StringBuilder();
      for (int i = 0; i < text.length() && i < LONGEST_QUOTE; i++) {
        char c = text.charAt(i);
        shown.append(Character.isISOControl(c) ? '?' : c);
      }
      return shown.append(text.length() > LONGEST_QUOTE ? "..." : "").toString();
    }
  }

  private static final int LONGEST_NAME = 253; // RFC 1035 §2.3.4, as text without the root's dot
  private static final int LONGEST_LABEL = 63;

  /// Link-local addresses that name no interface are those of all.
  public static final int ANY_SCOPE = -1;

  private final Family family;
  private final int defaultScopeId;

  /// @param family what other addresses are refused
  /// @param defaultScopeId the interface index of link-local addresses that name none; 0 refuses
  ///   them, [#ANY_SCOPE] becomes their scope as it is
  public TargetParser(Family family, int defaultScopeId) {
    this.family = family;
    this.defaultScopeId = defaultScopeId;
  }

  /// Reads a target.
  ///
  /// @throws BadTarget saying what is wrong with it
  public TargetSpec parse(String text) throws BadTarget {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return prefix(text, slash);
    }
    int dash = text.indexOf('-');
    if (dash > 0 && isAddressLike(text.substring(0, dash))) {
      return range(text, dash);
    }
    if (isAddressLike(text)) {
      return single(text);
    }
    return name(text);
  }

  private TargetSpec single(String text) throws BadTarget {
    IpAddress address = address(text, text);
    boolean isCanonical = text.equals(address.toString());
    return new TargetSpec.Range(
        address, address, scopeId(text, text, address), isCanonical ? null : text);
  }

  private TargetSpec range(String text, int dash) throws BadTarget {
    String begin = text.substring(0, dash);
    String end = text.substring(dash + 1);
    if (!isAddressLike(end) || (end.indexOf('.') < 0 && end.indexOf(':') < 0)) {
      throw new BadTarget(
          text, "a range ends with an address too, as in 10.0.0.1-10.0.0.9 or ::1-::9");
    }
    IpAddress first = address(text, begin);
    IpAddress last = address(text, end);
    if (first.isIpv6() != last.isIpv6()) {
      throw new BadTarget(text, "both ends of a range must be of one family");
    }
    if (first.compareTo(last) > 0) {
      throw new BadTarget(text, "the range ends before it begins");
    }
    int scopeId = scopeId(text, begin, first);
    if (end.indexOf('%') >= 0 && scopeId(text, end, last) != scopeId) {
      throw new BadTarget(text, "both ends of a range must be on one interface");
    }
    return new TargetSpec.Range(first, last, scopeId, null);
  }

  private TargetSpec prefix(String text, int slash) throws BadTarget {
    String begin = text.substring(0, slash);
    if (text.startsWith("//", slash)) {
      throw new BadTarget(text, "a URL is no target: name only its host");
    }
    if (!isAddressLike(begin)) {
      throw new BadTarget(text, "a prefix length needs an address before it, as in 10.0.0.0/24");
    }
    IpAddress address = address(text, begin);
    int bits = address.isIpv6() ? 128 : 32;
    int length = prefixLength(text.substring(slash + 1));
    if (length < 0 || length > bits) {
      throw new BadTarget(text, "the prefix length must be 0 to " + bits);
    }
    int scopeId = scopeId(text, begin, address);
    IpRange range = IpRange.ofPrefix(address, length);
    return new TargetSpec.Range(range.first(), range.last(), scopeId, null);
  }

  private static int prefixLength(String digits) {
    if (digits.isEmpty() || digits.length() > 3) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      length = length * 10 + digit;
    }
    return length;
  }

  private TargetSpec name(String text) throws BadTarget {
    String ascii = ascii(text);
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    boolean isName = !name.isEmpty() && name.length() <= LONGEST_NAME;
    int label = 0;
    for (int i = 0; i < name.length() && isName; i++) {
      char c = name.charAt(i);
      label = c == '.' ? 0 : label + 1;
      boolean isEmptyLabel = c == '.' && (i == 0 || name.charAt(i - 1) == '.');
      isName = isNameCharacter(c) && !isEmptyLabel && label <= LONGEST_LABEL;
    }
    if (!isName || text.charAt(0) == '-') {
      throw new BadTarget(
          text, "neither a name nor an address, a prefix (10.0.0.0/24) or a range (::1-::9)");
    }
    return new TargetSpec.Name(text);
  }

  /// An internationalized name as DNS has it (RFC 3490 §4.1); what is none stays as it is.
  private static String ascii(String text) {
    try {
      return IDN.toASCII(text);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_';
  }

  /// Whether a text can only be meant as an address: it has a colon, or only digits and dots.
  private static boolean isAddressLike(String text) {
    int end = text.indexOf('%') < 0 ? text.length() : text.indexOf('%');
    boolean hasOnlyDigits = end > 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return true;
      }
      hasOnlyDigits &= (c >= '0' && c <= '9') || c == '.';
    }
    return hasOnlyDigits;
  }

  private IpAddress address(String target, String text) throws BadTarget {
    int percent = text.indexOf('%');
    String number = percent < 0 ? text : text.substring(0, percent);
    IpAddress address;
    try {
      address = IpAddress.parse(number);
    } catch (IllegalArgumentException e) {
      throw new BadTarget(target, "not an address: " + problem(e, number));
    }
    if (!family.admits(address)) {
      throw new BadTarget(
          target,
          "an "
              + Family.nameOf(address)
              + " address, but only "
              + (family == Family.IPV4 ? "IPv4" : "IPv6")
              + " is wanted");
    }
    return address;
  }

  /// The part of the message that does not repeat the target.
  private static String problem(IllegalArgumentException e, String number) {
    String message = String.valueOf(e.getMessage());
    String quoted = "\"" + number + "\": ";
    int at = message.indexOf(quoted);
    return at < 0 ? message : message.substring(at + quoted.length());
  }

  private int scopeId(String target, String text, IpAddress address) throws BadTarget {
    int percent = text.indexOf('%');
    if (percent < 0) {
      if (Scope.isNeeded(address) && defaultScopeId == 0) {
        throw new BadTarget(
            target, "a link-local address needs its interface: " + address + "%eth0, or -I eth0");
      }
      return Scope.isNeeded(address) ? defaultScopeId : 0;
    }
    if (!address.isIpv6()) {
      throw new BadTarget(target, "only an IPv6 address has a scope");
    }
    String scope = text.substring(percent + 1);
    int index = interfaceIndex(scope);
    if (index <= 0) {
      throw new BadTarget(target, "there is no interface '" + scope + "'");
    }
    return index;
  }

  /// The index of an interface that is given by name or number; 0 if absent.
  public static int interfaceIndex(String scope) {
    try {
      @Nullable NetworkInterface device = NetworkInterface.getByName(scope);
      if (device != null) {
        return device.getIndex();
      }
      int index = scope.isEmpty() ? -1 : prefixLength(scope);
      return index > 0 && NetworkInterface.getByIndex(index) != null ? index : 0;
    } catch (SocketException e) {
      return 0;
    }
  }
}
