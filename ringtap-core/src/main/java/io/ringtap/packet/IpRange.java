package io.ringtap.packet;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// All addresses from a first to a last one, in order. Iterating creates one object per address.
///
/// @param first the lowest address
/// @param last the highest address, of the same family
public record IpRange(IpAddress first, IpAddress last) implements Iterable<IpAddress> {
  /// The addresses from `first` to `last`, both included.
  ///
  /// @throws IllegalArgumentException if the range ends before it begins, or the families differ
  public IpRange {
    if (first.isIpv6() != last.isIpv6()) {
      throw new IllegalArgumentException("both ends of a range must be of the same family");
    }
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("the range ends before it begins");
    }
  }

  /// All addresses with a prefix, including the first and the last.
  ///
  /// @param address any of them
  /// @param length bits of the prefix, 0 to 32 or 128
  /// @throws IllegalArgumentException if the length is out of range
  public static IpRange ofPrefix(IpAddress address, int length) {
    int bits = address.isIpv6() ? 128 : 32;
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException("the prefix length must be 0 to " + bits);
    }
    if (!address.isIpv6()) {
      long hosts = 0xFFFF_FFFFL >>> length;
      return new IpRange(
          new IpAddress(false, 0, address.low() & ~hosts),
          new IpAddress(false, 0, address.low() | hosts));
    }
    long high = length >= Long.SIZE ? 0 : -1L >>> length;
    long low = length <= Long.SIZE ? -1L : length == bits ? 0 : -1L >>> (length - Long.SIZE);
    return new IpRange(
        IpAddress.ofIpv6(address.high() & ~high, address.low() & ~low),
        IpAddress.ofIpv6(address.high() | high, address.low() | low));
  }

  /// Parses a range: an address, a prefix (`10.0.0.0/24`), or two addresses with a hyphen between
  /// them (`::1-::9`).
  ///
  /// @throws IllegalArgumentException if `text` is not a range; the message says why
  public static IpRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      IpAddress address = IpAddress.parse(text.substring(0, slash));
      String length = text.substring(slash + 1);
      return ofPrefix(address, length.matches("[0-9]{1,3}") ? Integer.parseInt(length) : -1);
    }
    int hyphen = text.indexOf('-');
    IpAddress first = IpAddress.parse(hyphen < 0 ? text : text.substring(0, hyphen));
    return new IpRange(first, hyphen < 0 ? first : IpAddress.parse(text.substring(hyphen + 1)));
  }

  @Override
  public Iterator<IpAddress> iterator() {
    return new Iterator<>() {
      private IpAddress next = first;
      private boolean hasNext = true;

      @Override
      public boolean hasNext() {
        return hasNext;
      }

      @Override
      public IpAddress next() {
        if (!hasNext) {
          throw new NoSuchElementException();
        }
        IpAddress address = next;
        hasNext = !address.equals(last);
        if (hasNext) {
          long low = address.low() + 1;
          long high = low == 0 ? address.high() + 1 : address.high();
          next = new IpAddress(address.isIpv6(), high, low);
        }
        return address;
      }
    };
  }
}
