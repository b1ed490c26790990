package io.ringtap.print.line;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of a routing message: HMAC-MD5 over it (RFC 2104), with zeros for the signature
/// and for what changes on the way.
public final class HmacSignature {
  /// Its bytes.
  public static final int BYTES = 16;

  private static final String ALGORITHM = "HmacMD5";

  private HmacSignature() {}

  /// Prints whether a signature is right, and the right one if it is not.
  ///
  /// @param first where the message begins
  /// @param at where the signature begins
  /// @param changing where two bytes begin that are not signed
  public static void judge(Line line, long first, long length, long at, long... changing) {
    String secret = line.secret();
    if (secret == null || !line.has(first, length) || !line.has(at, BYTES)) {
      line.text(" (unchecked)");
      return;
    }
    byte[] message = line.frame().asSlice(first, length).toArray(JAVA_BYTE);
    clear(message, at - first, BYTES);
    for (long offset : changing) {
      clear(message, offset - first, 2);
    }
    byte[] right = compute(secret, message);
    if (MessageDigest.isEqual(right, line.frame().asSlice(at, BYTES).toArray(JAVA_BYTE))) {
      line.text(" (valid)");
      return;
    }
    for (byte part : right) {
      line.plainHex(Byte.toUnsignedInt(part), 2);
    }
    line.invalid();
  }

  private static void clear(byte[] message, long from, int count) {
    int begin = (int) Math.min(from, message.length);
    Arrays.fill(message, begin, Math.min(begin + count, message.length), (byte) 0);
  }

  private static byte[] compute(String secret, byte[] message) {
    // A key is filled up with zeros, so one that is empty is one zero.
    byte[] key = secret.isEmpty() ? new byte[1] : secret.getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError(e); // the JDK has it, and any key will do
    }
  }
}
