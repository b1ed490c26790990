package io.ringtap.monitor.web.security;

/// Whether clients show a certificate, by the words of Go's `crypto/tls`.
enum ClientCertificate {
  NONE("NoClientCert", false, false, false),
  ASKED("RequestClientCert", true, false, false),
  ANY("RequireAnyClientCert", true, true, false),
  VERIFIED_IF_GIVEN("VerifyClientCertIfGiven", true, false, true),
  VERIFIED("RequireAndVerifyClientCert", true, true, true);

  private final String word;
  private final boolean isAsked;
  private final boolean isRequired;
  private final boolean isVerified;

  ClientCertificate(String word, boolean isAsked, boolean isRequired, boolean isVerified) {
    this.word = word;
    this.isAsked = isAsked;
    this.isRequired = isRequired;
    this.isVerified = isVerified;
  }

  String word() {
    return word;
  }

  boolean isAsked() {
    return isAsked;
  }

  boolean isRequired() {
    return isRequired;
  }

  /// Whether it must be signed by one of those that are trusted.
  boolean isVerified() {
    return isVerified;
  }
}
