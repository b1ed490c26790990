package io.ringtap.print.security;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The decryption of a client's Initial packets (RFC 9001 §5.2): their keys follow from the
/// destination connection ID of the first of them, so anyone who sees it can read them.
final class QuicInitial {
  static final int VERSION_1 = 1;
  static final int VERSION_2 = 0x6B33_43CF; // RFC 9369 §3.1

  private static final byte[] NOTHING = {};
  private static final int TAG = 16; // bytes
  private static final int SAMPLE = 16; // bytes
  private static final int NONCE = 12; // bytes
  private static final int KEY = 16; // bytes

  private static final int PADDING = 0x00;
  private static final int PING = 0x01;
  private static final int ACK = 0x02;
  private static final int ACK_WITH_ECN = 0x03;
  private static final int CRYPTO = 0x06;

  /// RFC 9001 §5.2, RFC 9369 §3.3.1.
  private static final byte[] SALT_1 = bytes(0x38762CF7F55934B3L, 0x4D179AE6A4C80CADL, 0xCCBB7F0A);

  private static final byte[] SALT_2 = bytes(0x0DEDE3DEF700A6DBL, 0x819381BE6E269DCBL, 0xF9BD2ED9);

  /// The beginning of what the CRYPTO frames of a packet carry, up to the first gap.
  ///
  /// @param packet the offset of its first byte
  /// @param number the offset of its packet number
  /// @param end the offset after its last byte; all of it was captured
  /// @return an empty array if other keys are used, as in answers and after the server's first
  ///   answer
  byte[] cryptoStream(MemorySegment frame, long packet, long number, long end) {
    if (end - number < 4 + SAMPLE) {
      return NOTHING;
    }
    try {
      return new Frames(plaintext(frame, packet, number, end)).cryptoStream();
    } catch (GeneralSecurityException _) {
      return NOTHING;
    }
  }

  private static byte[] plaintext(MemorySegment frame, long packet, long number, long end)
      throws GeneralSecurityException {
    boolean isVersion2 = NetworkOrder.word(frame, packet + 1) == VERSION_2;
    String prefix = isVersion2 ? "quicv2 " : "quic ";
    byte[] destination = copy(frame, packet + 6, NetworkOrder.unsignedByte(frame, packet + 5));
    KDF kdf = KDF.getInstance("HKDF-SHA256");
    SecretKey initial =
        kdf.deriveKey(
            "Generic",
            HKDFParameterSpec.ofExtract()
                .addIKM(destination)
                .addSalt(isVersion2 ? SALT_2 : SALT_1)
                .extractOnly());
    SecretKey secret = kdf.deriveKey("Generic", expand(initial, "client in", 32));
    byte[] key = kdf.deriveData(expand(secret, prefix + "key", KEY));
    byte[] nonce = kdf.deriveData(expand(secret, prefix + "iv", NONCE));
    byte[] headerKey = kdf.deriveData(expand(secret, prefix + "hp", KEY));

    Cipher mask = Cipher.getInstance("AES/ECB/NoPadding");
    mask.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(headerKey, "AES"));
    byte[] bits = mask.doFinal(copy(frame, number + 4, SAMPLE));
    byte[] header = copy(frame, packet, number - packet + 4);
    header[0] ^= (byte) (bits[0] & 0x0F);
    int numberBytes = (header[0] & 3) + 1;
    for (int i = 0; i < numberBytes; i++) {
      int place = header.length - 4 + i;
      header[place] ^= bits[1 + i];
      nonce[NONCE - numberBytes + i] ^= header[place];
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    cipher.updateAAD(header, 0, header.length - 4 + numberBytes);
    long payload = number + numberBytes;
    return cipher.doFinal(copy(frame, payload, end - payload));
  }

  /// HKDF-Expand-Label of TLS without a context (RFC 8446 §7.1).
  private static AlgorithmParameterSpec expand(SecretKey secret, String label, int length) {
    byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info = new byte[name.length + 4];
    info[1] = (byte) length;
    info[2] = (byte) name.length;
    System.arraycopy(name, 0, info, 3, name.length);
    return HKDFParameterSpec.expandOnly(secret, info, length);
  }

  private static byte[] copy(MemorySegment frame, long at, long length) {
    return frame.asSlice(at, length).toArray(JAVA_BYTE);
  }

  private static byte[] bytes(long first, long second, int third) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[20]);
    NetworkOrder.doubleWord(bytes, 0, first);
    NetworkOrder.doubleWord(bytes, 8, second);
    NetworkOrder.word(bytes, 16, third);
    return bytes.toArray(JAVA_BYTE);
  }

  /// The frames of a decrypted packet (RFC 9000 §19).
  private static final class Frames {
    private final byte[] payload;
    private final byte[] stream;
    private int at;
    private int reached;

    Frames(byte[] payload) {
      this.payload = payload;
      this.stream = new byte[payload.length];
    }

    /// Clients may send the frames in any order, so they are read until none continues the stream.
    byte[] cryptoStream() {
      int before;
      do {
        before = reached;
        at = 0;
        while (at < payload.length && frame()) {}
      } while (reached > before);
      return Arrays.copyOf(stream, reached);
    }

    /// @return false if the packet ends, or at a frame that has no place in an Initial packet
    private boolean frame() {
      int type = payload[at++];
      switch (type) {
        case PADDING, PING -> {}
        case ACK, ACK_WITH_ECN -> acknowledgment(type == ACK_WITH_ECN);
        case CRYPTO -> {
          long offset = integer();
          long length = integer();
          if (length > payload.length - at) {
            return false;
          }
          if (offset <= reached && offset + length > reached) {
            System.arraycopy(payload, at, stream, (int) offset, (int) length);
            reached = (int) (offset + length);
          }
          at += (int) length;
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private void acknowledgment(boolean hasCounts) {
      integer(); // the largest number
      integer(); // the delay
      long ranges = integer();
      integer(); // the first range
      for (long i = 0; i < ranges && at < payload.length; i++) {
        integer();
        integer();
      }
      for (int i = 0; hasCounts && i < 3; i++) {
        integer();
      }
    }

    private long integer() {
      if (at >= payload.length) {
        return 0;
      }
      int first = payload[at++];
      long value = first & 0x3F;
      for (int i = 1; i < 1 << ((first & 0xC0) >> 6) && at < payload.length; i++) {
        value = value << 8 | (payload[at++] & 0xFF);
      }
      return value;
    }
  }
}
