package io.ringtap.fleet.broker;

import java.io.IOException;

/// What a Kafka cluster did not do, or could not. The message is one line, with what to do about
/// it, and has nothing that is secret.
public final class BrokerException extends IOException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// Why.
  public enum Kind {
    /// No broker answers; one may later.
    UNREACHABLE,
    /// What client and broker speak does not fit: TLS, SASL, or a version.
    PROTOCOL,
    /// The broker does not know who this is.
    NOT_AUTHENTICATED,
    /// The broker knows who this is, and an ACL is missing.
    NOT_AUTHORIZED,
    /// There is no such topic, or not one of that form.
    TOPIC,
    /// The client's properties are wrong.
    CONFIGURATION,
    /// Something else, as Kafka says it.
    OTHER
  }

  BrokerException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  BrokerException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// Why.
  public Kind kind() {
    return kind;
  }
}
