package io.ringtap.fleet.broker;

import io.ringtap.fleet.broker.BrokerException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/// What Kafka's exceptions mean for the user.
///
/// @param operation what the ACL has to allow if one is missing
/// @param topic what was asked for; empty if not one topic
record Explanation(List<String> bootstrap, ClientFile file, AclOperation operation, String topic) {
  private static final String UNRESOLVED = "No resolvable bootstrap urls";

  /// Of a client that could not be made.
  static BrokerException ofClient(
      RuntimeException failure, List<String> bootstrap, ClientFile file) {
    Throwable root = root(failure);
    if (String.valueOf(root.getMessage()).startsWith(UNRESOLVED)) {
      return Reachability.explain(bootstrap, file, failure);
    }
    String where = root instanceof ConfigException ? "" : failure.getMessage() + ": ";
    return new BrokerException(
        Kind.CONFIGURATION,
        "the client's properties: " + file.withoutSecrets(oneLine(where + root.getMessage())),
        failure);
  }

  /// Of what a client was asked for.
  BrokerException of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return switch (cause) {
      case TopicAuthorizationException e -> missing("topic", nameOf(e), failure);
      case GroupAuthorizationException e -> missing("group", e.groupId(), failure);
      // A producer of a user who may write to no topic at all is refused before any topic is known.
      case ClusterAuthorizationException _
          when operation == AclOperation.WRITE && !topic.isEmpty() ->
          missing("topic", topic, failure);
      case ClusterAuthorizationException _ -> missing("cluster", null, failure);
      case UnknownTopicOrPartitionException _ -> noTopic(failure);
      case TimeoutException _ when cause.getCause() instanceof UnknownTopicOrPartitionException ->
          noTopic(failure);
      case UnsupportedSaslMechanismException e ->
          new BrokerException(
              Kind.PROTOCOL,
              said(e) + ": set sasl.mechanism in the file of --client-config",
              failure);
      case SslAuthenticationException e -> tls(e, failure);
      case AuthenticationException e ->
          new BrokerException(
              Kind.NOT_AUTHENTICATED,
              "the broker refuses this user: "
                  + said(e)
                  + " (name and password stand in sasl.jaas.config, in the file of"
                  + " --client-config)",
              failure);
      case TimeoutException _, DisconnectException _ ->
          Reachability.explain(bootstrap, file, failure);
      case UnsupportedVersionException e ->
          new BrokerException(Kind.PROTOCOL, "the brokers are too old: " + said(e), failure);
      default -> new BrokerException(Kind.OTHER, "Kafka: " + said(cause), failure);
    };
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof ExecutionException
        || failure instanceof CompletionException
        || failure.getClass() == KafkaException.class;
  }

  private String nameOf(TopicAuthorizationException e) {
    return e.unauthorizedTopics().isEmpty() ? topic : String.join(", ", e.unauthorizedTopics());
  }

  private BrokerException missing(String resource, @Nullable String name, Throwable failure) {
    String what = name == null ? "the " + resource : resource + " " + name;
    String option = name == null ? "--" + resource : "--%s %s".formatted(resource, name);
    return new BrokerException(
        Kind.NOT_AUTHORIZED,
        "not authorized for %s: this user needs an ACL that allows %s (kafka-acls --add --allow-principal User:NAME --operation %2$s %s)"
            .formatted(what, word(operation), option),
        failure);
  }

  private BrokerException noTopic(Throwable failure) {
    return new BrokerException(
        Kind.TOPIC,
        "no topic %s: 'ringtap fleet apply' makes the topics of a fleet".formatted(topic),
        failure);
  }

  private BrokerException tls(SslAuthenticationException e, Throwable failure) {
    String reason = oneLine(String.valueOf(root(e).getMessage()));
    String remedy;
    if (reason.contains("certification path") || reason.contains("PKIX")) {
      remedy = "ssl.truststore.location in the file of --client-config names who signed it";
    } else if (reason.contains("subject alternative")) {
      remedy = "use the name that the certificate is for";
    } else {
      remedy = "the ssl properties stand in the file of --client-config";
    }
    return new BrokerException(
        Kind.PROTOCOL, "TLS with the broker fails: %s (%s)".formatted(reason, remedy), failure);
  }

  /// `DescribeConfigs` of DESCRIBE_CONFIGS.
  static String word(AclOperation operation) {
    StringBuilder word = new StringBuilder();
    for (String part : operation.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }

  private String said(Throwable failure) {
    String message = failure.getMessage();
    return file.withoutSecrets(oneLine(message == null ? failure.toString() : message));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /// `text` without line breaks and the full stop at its end.
  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
  }
}
