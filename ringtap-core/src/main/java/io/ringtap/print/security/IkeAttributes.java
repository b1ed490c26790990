package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import org.jspecify.annotations.Nullable;

/// The attributes of IKE's transforms: a type, and two bytes or more of a value (RFC 2408 §3.3).
final class IkeAttributes {
  private static final int SHORT = 0x80; // the value has two bytes

  /// Diffie-Hellman groups.
  static final Names GROUPS =
      Names.of(
          """
          1 modp768
          2 modp1024
          3 EC2N 2^155
          4 EC2N 2^185
          5 modp1536
          6 iana-grp06
          7 iana-grp07
          8 iana-grp08
          9 iana-grp09
          10 iana-grp10
          11 iana-grp11
          12 iana-grp12
          13 iana-grp13
          14 modp2048
          15 modp3072
          16 modp4096
          17 modp6144
          18 modp8192\
          """);

  private static final Names LIFE_TYPES =
      Names.of(
          """
          1 sec
          2 kb\
          """);

  private static final Names IKE_TYPES =
      Names.of(
          """
          1 enc
          2 hash
          3 auth
          4 group desc
          5 group type
          6 group prime
          7 group gen1
          8 group gen2
          9 group curve A
          10 group curve B
          11 lifetype
          12 lifeduration
          13 prf
          14 keylen
          15 field
          16 order\
          """);

  private static final Names IPSEC_TYPES =
      Names.of(
          """
          1 lifetype
          2 life
          3 group desc
          4 enc mode
          5 auth
          6 keylen
          7 rounds
          8 dictsize
          9 privalg\
          """);

  private static final Names ENCRYPTION_TYPES = Names.of("14 keylen");

  private static final Names NO_TYPES = Names.of("");

  /// The attributes of a protocol: the names of the types, and for some types those of the values.
  enum Registry {
    /// Without names.
    NONE,

    /// Of the transforms of IKE itself (RFC 2409 appendix A).
    IKE,

    /// Of AH, ESP and IPComp (RFC 2407 §4.5).
    IPSEC,

    /// Of the encryption transforms of IKEv2 (RFC 7296 §3.3.5).
    ENCRYPTION;

    private Names types() {
      return switch (this) {
        case NONE -> NO_TYPES;
        case IKE -> IKE_TYPES;
        case IPSEC -> IPSEC_TYPES;
        case ENCRYPTION -> ENCRYPTION_TYPES;
      };
    }

    private @Nullable String value(int type, int value) {
      // As in tcpdump, group 18 has no name here.
      return switch (this) {
        case NONE, ENCRYPTION -> null;
        case IKE ->
            switch (type) {
              case 1 -> IKE_CIPHERS.find(value);
              case 2 -> IKE_HASHES.find(value);
              case 3 -> IKE_AUTHENTICATIONS.find(value);
              case 4 -> value < 18 ? GROUPS.find(value) : null;
              case 5 -> GROUP_TYPES.find(value);
              case 11 -> LIFE_TYPES.find(value);
              default -> null;
            };
        case IPSEC ->
            switch (type) {
              case 1 -> LIFE_TYPES.find(value);
              case 3 -> value < 18 ? GROUPS.find(value) : null;
              case 4 -> MODES.find(value);
              case 5 -> IPSEC_AUTHENTICATIONS.find(value);
              default -> null;
            };
      };
    }
  }

  private static final Names IKE_CIPHERS =
      Names.of(
          """
          1 1des
          2 idea
          3 blowfish
          4 rc5
          5 3des
          6 cast
          7 aes\
          """);

  private static final Names IKE_HASHES =
      Names.of(
          """
          1 md5
          2 sha1
          3 tiger
          4 sha2-256
          5 sha2-384
          6 sha2-512\
          """);

  private static final Names IKE_AUTHENTICATIONS =
      Names.of(
          """
          1 preshared
          2 dss
          3 rsa sig
          4 rsa enc
          5 rsa enc revised\
          """);

  private static final Names GROUP_TYPES =
      Names.of(
          """
          1 MODP
          2 ECP
          3 EC2N\
          """);

  private static final Names MODES =
      Names.of(
          """
          1 tunnel
          2 transport\
          """);

  private static final Names IPSEC_AUTHENTICATIONS =
      Names.of(
          """
          1 hmac-md5
          2 hmac-sha1
          3 1des-mac
          4 keyed\
          """);

  private final Line line;

  IkeAttributes(Line line) {
    this.line = line;
  }

  /// Prints the attributes up to `end`, or up to the end of the packet.
  ///
  /// @return the offset after them
  long print(long first, long end, Registry registry) {
    long at = first;
    while (at < line.end() && at < end) {
      int bytes = (line.u8(at) & SHORT) != 0 ? 4 : 4 + line.u16(at + 2);
      if (end - at < bytes) {
        line.text("[|attr]");
        return end + 1;
      }
      one(at, bytes, registry);
      at += bytes;
    }
    return at;
  }

  private void one(long at, int bytes, Registry registry) {
    int type = line.u16(at) & 0x7FFF;
    line.text("(type=").name(registry.types().find(type), "#%u", type);
    if ((line.u8(at) & SHORT) == 0) {
      line.print(" len=%u value=", bytes - 4).hexBytes(at + 4, bytes - 4).text(")");
      return;
    }
    String value = registry.value(type, line.u16(at + 2));
    line.text(" value=");
    if (value == null) {
      line.hexBytes(at + 2, 2);
    } else {
      line.text(value);
    }
    line.text(")");
  }
}
