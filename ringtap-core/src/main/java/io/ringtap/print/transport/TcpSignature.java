package io.ringtap.print.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv6Header;
import io.ringtap.packet.TcpHeader;
import io.ringtap.print.line.Carrier;
import io.ringtap.print.line.Line;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// The signature of a TCP segment: MD5 over it and a secret that both ends know (RFC 2385 §2.0).
///
/// What is summed: the pseudo-header of IP, the TCP header without its options and with a checksum
/// of 0, the payload, the secret.
final class TcpSignature {
  /// The bytes of the option.
  static final int BYTES = 18;

  private static final int DIGEST_BYTES = 16;
  private static final int CHECKSUM_AT = 16; // in the TCP header

  private final Line line;
  private final byte @Nullable [] secret;
  private @Nullable MessageDigest digest; // made when there is a first signature
  private long segment;
  private int headerLength;
  private long length;

  TcpSignature(Line line) {
    this.line = line;
    String text = line.secret();
    this.secret = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /// Begins another segment.
  ///
  /// @param at where it begins
  /// @param length of all of it
  void begin(long at, int headerLength, long length) {
    this.segment = at;
    this.headerLength = headerLength;
    this.length = length;
  }

  /// Prints what is known of a signature.
  ///
  /// @param at where it begins
  void print(long at) {
    if (!line.has(segment, length)) {
      line.text("snaplen too short, can't check - ").hexBytes(at, DIGEST_BYTES);
    } else if (secret == null) {
      line.text("shared secret not supplied with -M, can't check - ").hexBytes(at, DIGEST_BYTES);
    } else if (MessageDigest.isEqual(computed(secret), bytes(at, DIGEST_BYTES))) {
      line.text("valid");
    } else {
      line.invalid();
    }
  }

  private byte[] computed(byte[] key) {
    Carrier carrier = line.carrier();
    int addressBytes = carrier.isIpv6() ? 16 : 4;
    MessageDigest md5 = digest();
    md5.update(bytes(carrier.source(), addressBytes));
    md5.update(bytes(carrier.destination(), addressBytes));
    md5.update(
        carrier.isIpv6()
            ? ByteBuffer.allocate(8)
                .putInt(Ipv6Header.payloadLength(line.frame(), carrier.at()))
                .putInt(IpProtocol.TCP)
                .array()
            : ByteBuffer.allocate(4)
                .putShort((short) IpProtocol.TCP)
                .putShort((short) length)
                .array());
    byte[] header = bytes(segment, TcpHeader.MIN_BYTES);
    header[CHECKSUM_AT] = 0;
    header[CHECKSUM_AT + 1] = 0;
    md5.update(header);
    md5.update(bytes(segment + headerLength, length - headerLength));
    return md5.digest(key);
  }

  private byte[] bytes(long at, long count) {
    return line.frame().asSlice(at, count).toArray(JAVA_BYTE);
  }

  private MessageDigest digest() {
    MessageDigest present = digest;
    if (present == null) {
      try {
        present = MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e); // every Java platform has it
      }
      digest = present;
    }
    return present;
  }
}
