package io.ringtap.cli.fping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingRequest;

/// Addresses one after the other, of which none is kept.
final class HostRange implements Hosts {
  private static final long FIRST_OF_THREE_DIGITS = 100;
  private static final long FIRST_OF_TWO_DIGITS = 10;
  private static final int BYTES_OF_ADDRESS = 4;

  private final IpAddress first;
  private final int size;
  private final String scope; // with its percent sign, or empty
  private final int scopeId;
  private final int width;

  /// @param first the first address
  /// @param size at least one
  /// @param scope the scope of all as it was given, with its percent sign, or empty
  /// @param scopeId the same as an interface index, or 0
  HostRange(IpAddress first, int size, String scope, int scopeId) {
    this.first = first;
    this.size = size;
    this.scope = scope;
    this.scopeId = scopeId;
    width = widest() + scope.length();
  }

  private int widest() {
    if (!first.isIpv6()) {
      return widest(first.low(), first.low() + size - 1, BYTES_OF_ADDRESS);
    }
    int widest = 0;
    StringBuilder text = new StringBuilder();
    for (int host = 0; host < size; host++) {
      text.setLength(0);
      appendAddress(text, host);
      widest = Math.max(widest, text.length());
    }
    return widest;
  }

  /// The length of the longest text of as many bytes, from one number to another.
  private static int widest(long from, long to, int bytes) {
    int last = digits(to & 0xFF);
    if (bytes == 1) {
      return last;
    }
    long upper = to >>> Byte.SIZE;
    int ofLast = widest(upper, upper, bytes - 1) + 1 + last;
    if (from >>> Byte.SIZE == upper) {
      return ofLast;
    }
    int ofOthers = widest(from >>> Byte.SIZE, upper - 1, bytes - 1) + 1 + digits(0xFF);
    return Math.max(ofLast, ofOthers);
  }

  private static int digits(long number) {
    return number >= FIRST_OF_THREE_DIGITS ? 3 : number >= FIRST_OF_TWO_DIGITS ? 2 : 1;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public IpAddress address(int host) {
    long low = first.low() + host;
    return new IpAddress(first.isIpv6(), high(low), low);
  }

  private long high(long low) {
    boolean hasCarried = first.isIpv6() && Long.compareUnsigned(low, first.low()) < 0;
    return hasCarried ? first.high() + 1 : first.high();
  }

  private void appendAddress(StringBuilder text, int host) {
    long low = first.low() + host;
    if (first.isIpv6()) {
      IpAddress.appendIpv6(text, high(low), low);
    } else {
      IpAddress.appendIpv4(text, (int) low);
    }
  }

  @Override
  public StringBuilder appendLabel(StringBuilder text, int host) {
    appendAddress(text, host);
    return text.append(scope);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String given(int host) {
    return appendLabel(new StringBuilder(), host).toString();
  }

  @Override
  public PingRequest request(int host, PingOptions options) {
    return new PingRequest(address(host), scopeId, options, null);
  }

  @Override
  public int indexOf(PingRequest request) {
    return (int) (request.target().low() - first.low());
  }
}
