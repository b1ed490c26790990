package io.ringtap.testnet.host;

import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;

/// An ICMP error from a router or host (RFC 792, RFC 4443), which quotes the request.
///
/// @param type such as [IcmpType#DESTINATION_UNREACHABLE], of the router's family
/// @param router the address that the error comes from
/// @param parameter the second word of the header: MTU, pointer or gateway, depending on the type
/// @param quotedOptions bytes of IP options in the quoted IPv4 header, as if the path had added
///   them: a multiple of four up to 40; 0 for IPv6
public record IcmpError(int type, int code, IpAddress router, int parameter, int quotedOptions) {
  private static final int MAX_OPTIONS = 40;

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException if the type is not an error, or the options do not fit
  public IcmpError {
    boolean quoting = router.isIpv6() ? Icmpv6Type.isQuoting(type) : IcmpType.isQuoting(type);
    if (!quoting || type < 0 || code < 0 || code > 255) {
      throw new IllegalArgumentException("not an ICMP error: type " + type + " code " + code);
    }
    int most = router.isIpv6() ? 0 : MAX_OPTIONS;
    if (quotedOptions < 0 || quotedOptions > most || quotedOptions % 4 != 0) {
      throw new IllegalArgumentException(
          "options take a multiple of four bytes up to " + most + ", not " + quotedOptions);
    }
  }

  /// An error from `router`, a literal address, without parameter and options.
  ///
  /// @throws IllegalArgumentException if the type is not an error, or the address is malformed
  public static IcmpError of(int type, int code, String router) {
    return new IcmpError(type, code, IpAddress.parse(router), 0, 0);
  }

  public IcmpError withParameter(int word) {
    return new IcmpError(type, code, router, word, quotedOptions);
  }

  /// The same error, quoting an IPv4 header with `bytes` of options.
  ///
  /// @throws IllegalArgumentException if they do not fit
  public IcmpError withQuotedOptions(int bytes) {
    return new IcmpError(type, code, router, parameter, bytes);
  }
}
