package io.ringtap.monitor.web.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and private keys in PEM (RFC 7468). What is wrong with a file is an
/// [IllegalArgumentException] with one line that does not have the file's name.
final class PemFile {
  private static final long MAX_BYTES = 1_000_000;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemFile() {}

  private static final class Block {
    final String label;
    final byte[] bytes;

    Block(String label, byte[] bytes) {
      this.label = label;
      this.bytes = bytes;
    }
  }

  /// All certificates of a file, at least one.
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label.equals("CERTIFICATE")) {
        certificates.add(certificate(block.bytes));
      }
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "has no certificate; it needs -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  private static X509Certificate certificate(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("has a certificate that cannot be read", e);
    }
  }

  /// The first private key of a file: of PKCS #8, or of the older forms of RSA and EC keys.
  static PrivateKey privateKey(Path file) {
    for (Block block : blocks(file)) {
      switch (block.label) {
        case "PRIVATE KEY" -> {
          return pkcs8(block.bytes);
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(OlderKey.ofRsa(block.bytes));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(OlderKey.ofEc(block.bytes));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new IllegalArgumentException(
                "has a key with a passphrase; write it without one (openssl pkey)");
        default -> {} // such as EC PARAMETERS
      }
    }
    throw new IllegalArgumentException("has no private key; it needs -----BEGIN PRIVATE KEY-----");
  }

  private static PrivateKey pkcs8(byte[] bytes) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(bytes);
    GeneralSecurityException last = null;
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        last = e; // another kind of key
      }
    }
    throw new IllegalArgumentException(
        "has a private key that is neither RSA, EC nor Ed25519", last);
  }

  private static List<Block> blocks(Path file) {
    String text = text(file);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
        blocks.add(new Block(matcher.group(1), bytes));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("has a block that is no base64", e);
      }
    }
    if (text.contains("Proc-Type: 4,ENCRYPTED")) {
      throw new IllegalArgumentException(
          "has a key with a passphrase; write it without one (openssl pkey)");
    }
    return blocks;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("is larger than a megabyte");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("is not there", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }
}
