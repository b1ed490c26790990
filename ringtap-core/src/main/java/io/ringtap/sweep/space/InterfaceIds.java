package io.ringtap.sweep.space;

/// Interface identifiers, the low 64 bits of an IPv6 address (RFC 4291 §2.5.1), that are likely in
/// a network, whose 2⁶⁴ addresses are too many to ask all (RFC 7707 §3).
///
/// @param first the lowest
/// @param last the highest, as a number without sign
public record InterfaceIds(long first, long last) {
  /// `::1` to `::ff`, as people number their routers and servers.
  public static final InterfaceIds LOW_BYTES = new InterfaceIds(1, 0xFF);

  private static final long LOCAL_BIT = 0x02_0000; // of an OUI, which an identifier has inverted
  private static final long FILLER = 0xFFFE; // between the halves of the 48-bit address
  private static final long LAST_NUMBER = 0xFF_FFFF;

  /// The 2²⁴ identifiers of cards of one vendor, where they are made of the Ethernet address
  /// (modified EUI-64, RFC 4291 appendix A).
  ///
  /// @param oui the vendor's number, the first three bytes of the Ethernet address
  /// @throws IllegalArgumentException if it has more than 24 bits
  public static InterfaceIds ofVendor(int oui) {
    if (oui >>> 24 != 0) {
      throw new IllegalArgumentException(
          "a vendor's number (OUI) has 24 bits, not 0x%x".formatted(oui));
    }
    long first = (oui ^ LOCAL_BIT) << 40 | FILLER << 24;
    return new InterfaceIds(first, first | LAST_NUMBER);
  }
}
