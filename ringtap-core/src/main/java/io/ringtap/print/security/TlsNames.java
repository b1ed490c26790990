package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Names of numbers in TLS, as its RFCs have them.
final class TlsNames {
  /// Handshake messages (RFC 8446 §4, RFC 5246 §7.4, IANA).
  static final Names MESSAGES =
      Names.of(
          """
          0 HelloRequest
          1 ClientHello
          2 ServerHello
          4 NewSessionTicket
          5 EndOfEarlyData
          8 EncryptedExtensions
          11 Certificate
          12 ServerKeyExchange
          13 CertificateRequest
          14 ServerHelloDone
          15 CertificateVerify
          16 ClientKeyExchange
          20 Finished
          21 CertificateURL
          22 CertificateStatus
          24 KeyUpdate\
          """);

  /// Why a connection ends (RFC 8446 §6, IANA).
  static final Names ALERTS =
      Names.of(
          """
          0 close_notify
          1 end_of_early_data
          10 unexpected_message
          20 bad_record_mac
          21 decryption_failed
          22 record_overflow
          30 decompression_failure
          40 handshake_failure
          41 no_certificate
          42 bad_certificate
          43 unsupported_certificate
          44 certificate_revoked
          45 certificate_expired
          46 certificate_unknown
          47 illegal_parameter
          48 unknown_ca
          49 access_denied
          50 decode_error
          51 decrypt_error
          60 export_restriction
          70 protocol_version
          71 insufficient_security
          80 internal_error
          86 inappropriate_fallback
          90 user_canceled
          100 no_renegotiation
          109 missing_extension
          110 unsupported_extension
          111 certificate_unobtainable
          112 unrecognized_name
          113 bad_certificate_status_response
          114 bad_certificate_hash_value
          115 unknown_psk_identity
          116 certificate_required
          120 no_application_protocol\
          """);

  /// Cipher suites that servers choose (IANA).
  static final Names CIPHER_SUITES =
      Names.of(
          """
          0x0005 TLS_RSA_WITH_RC4_128_SHA
          0x000a TLS_RSA_WITH_3DES_EDE_CBC_SHA
          0x0016 TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA
          0x002f TLS_RSA_WITH_AES_128_CBC_SHA
          0x0032 TLS_DHE_DSS_WITH_AES_128_CBC_SHA
          0x0033 TLS_DHE_RSA_WITH_AES_128_CBC_SHA
          0x0035 TLS_RSA_WITH_AES_256_CBC_SHA
          0x0038 TLS_DHE_DSS_WITH_AES_256_CBC_SHA
          0x0039 TLS_DHE_RSA_WITH_AES_256_CBC_SHA
          0x003c TLS_RSA_WITH_AES_128_CBC_SHA256
          0x003d TLS_RSA_WITH_AES_256_CBC_SHA256
          0x0040 TLS_DHE_DSS_WITH_AES_128_CBC_SHA256
          0x0067 TLS_DHE_RSA_WITH_AES_128_CBC_SHA256
          0x006a TLS_DHE_DSS_WITH_AES_256_CBC_SHA256
          0x006b TLS_DHE_RSA_WITH_AES_256_CBC_SHA256
          0x009c TLS_RSA_WITH_AES_128_GCM_SHA256
          0x009d TLS_RSA_WITH_AES_256_GCM_SHA384
          0x009e TLS_DHE_RSA_WITH_AES_128_GCM_SHA256
          0x009f TLS_DHE_RSA_WITH_AES_256_GCM_SHA384
          0x00a2 TLS_DHE_DSS_WITH_AES_128_GCM_SHA256
          0x00a3 TLS_DHE_DSS_WITH_AES_256_GCM_SHA384
          0x1301 TLS_AES_128_GCM_SHA256
          0x1302 TLS_AES_256_GCM_SHA384
          0x1303 TLS_CHACHA20_POLY1305_SHA256
          0x1304 TLS_AES_128_CCM_SHA256
          0x1305 TLS_AES_128_CCM_8_SHA256
          0xc008 TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA
          0xc009 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
          0xc00a TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
          0xc011 TLS_ECDHE_RSA_WITH_RC4_128_SHA
          0xc012 TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
          0xc013 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
          0xc014 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
          0xc023 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
          0xc024 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
          0xc027 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
          0xc028 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384
          0xc02b TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
          0xc02c TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
          0xc02f TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
          0xc030 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
          0xc09c TLS_RSA_WITH_AES_128_CCM
          0xc09d TLS_RSA_WITH_AES_256_CCM
          0xc09e TLS_DHE_RSA_WITH_AES_128_CCM
          0xc09f TLS_DHE_RSA_WITH_AES_256_CCM
          0xc0ac TLS_ECDHE_ECDSA_WITH_AES_128_CCM
          0xc0ad TLS_ECDHE_ECDSA_WITH_AES_256_CCM
          0xc0ae TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8
          0xc0af TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8
          0xcca8 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
          0xcca9 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
          0xccaa TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256\
          """);

  private TlsNames() {}

  /// Prints a version in its usual form: `1.3` for 0x0304.
  static void version(Line line, int version) {
    switch (version) {
      case 0x0300 -> line.text("SSL 3.0");
      case 0x0301, 0x0302, 0x0303, 0x0304 -> line.print("1.%u", (version & 0xFF) - 1);
      default -> line.hex(version, 4);
    }
  }
}
