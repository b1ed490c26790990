package io.ringtap.monitor.web.security;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Puts private keys of older forms, PKCS #1 (RFC 8017 §A.1.2) and SEC 1 (RFC 5915), into PKCS #8
/// (RFC 5208), which is all that Java reads. All are ASN.1 in DER.
final class OlderKey {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /// The object identifier 1.2.840.113549.1.1.1 and a null.
  private static final byte[] RSA = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0
  };

  /// The object identifier 1.2.840.10045.2.1.
  private static final byte[] EC = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };

  private OlderKey() {}

  static byte[] ofRsa(byte[] key) {
    return value(SEQUENCE, VERSION, value(SEQUENCE, RSA), value(OCTET_STRING, key));
  }

  static byte[] ofEc(byte[] key) {
    return value(SEQUENCE, VERSION, value(SEQUENCE, EC, curve(key)), value(OCTET_STRING, key));
  }

  /// The identifier of the curve, which stands in the key after version and number.
  private static byte[] curve(byte[] key) {
    try {
      int at = content(key, 0); // into the sequence
      at = end(key, at); // past the version
      at = end(key, at); // past the number
      if ((key[at] & 0xFF) == PARAMETERS) {
        return Arrays.copyOfRange(key, content(key, at), end(key, at));
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("has a private key that is cut off", e);
    }
    throw new IllegalArgumentException("has an EC key that does not name its curve");
  }

  /// Where the content of the value at an offset begins.
  private static int content(byte[] bytes, int offset) {
    int length = bytes[offset + 1] & 0xFF;
    return offset + 2 + (length < 0x80 ? 0 : length & 0x7F);
  }

  /// Where the value at an offset ends.
  private static int end(byte[] bytes, int offset) {
    int content = content(bytes, offset);
    int length = bytes[offset + 1] & 0xFF;
    if (length >= 0x80) {
      length = 0;
      for (int i = offset + 2; i < content; i++) {
        length = length << 8 | (bytes[i] & 0xFF);
      }
    }
    return content + length;
  }

  private static byte[] value(int tag, byte[]... contents) {
    int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      out.write(0x82); // two bytes of length, as keys are shorter than 64 KiB
      out.write(length >>> 8);
      out.write(length);
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }
}
