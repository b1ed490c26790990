package io.ringtap.fleet.broker;

import io.ringtap.fleet.broker.BrokerException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/// Why no broker answers. A client of Kafka only says that it has waited.
final class Reachability {
  private static final int PATIENCE_MILLIS = 2_000;

  private Reachability() {}

  /// Finds out whether one of the brokers takes connections: where none does, a client would wait.
  ///
  /// @throws BrokerException if none does
  static void checkAddresses(List<String> brokers) throws BrokerException {
    String reason = "";
    for (String broker : brokers) {
      reason = failureOf(host(broker), port(broker));
      if (reason.isEmpty()) {
        return;
      }
    }
    throw new BrokerException(Kind.UNREACHABLE, unreachable(brokers, reason));
  }

  /// Says why none of the brokers answers.
  static BrokerException explain(List<String> brokers, ClientFile file, Throwable failure) {
    String reason = "";
    for (String broker : brokers) {
      reason = failureOf(host(broker), port(broker));
      if (reason.isEmpty()) {
        return unlike(broker, file, failure);
      }
    }
    return new BrokerException(Kind.UNREACHABLE, unreachable(brokers, reason), failure);
  }

  private static String unreachable(List<String> brokers, String reason) {
    return "cannot reach a broker at %s: %s".formatted(String.join(", ", brokers), reason);
  }

  private static String host(String broker) {
    return broker.substring(0, broker.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
  }

  private static int port(String broker) {
    return Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
  }

  /// Finds out whether one of the nodes that the cluster names can be reached. Clients begin with
  /// other addresses than those which they go on with.
  ///
  /// @throws BrokerException if none can
  static void check(Collection<Node> nodes) throws BrokerException {
    String failed = "";
    for (Node node : nodes) {
      String reason = failureOf(node.host(), node.port());
      if (reason.isEmpty()) {
        return;
      }
      failed = "%s:%d: %s".formatted(node.host(), node.port(), reason);
    }
    throw new BrokerException(
        Kind.UNREACHABLE,
        "the cluster names as its broker %s (advertised.listeners of the brokers must be addresses that can be reached from here)"
            .formatted(failed));
  }

  /// Why there is no connection; empty if there is one.
  private static String failureOf(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return "no address is found for the name";
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      return "";
    } catch (SocketTimeoutException e) {
      return "no answer within %d s".formatted(PATIENCE_MILLIS / 1000);
    } catch (ConnectException e) {
      return "connection refused";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Finds out whether the first broker that takes connections speaks TLS as the client does.
  ///
  /// @throws BrokerException if not
  static void checkTls(List<String> brokers, ClientFile file) throws BrokerException {
    for (String broker : brokers) {
      if (failureOf(host(broker), port(broker)).isEmpty()) {
        String mismatch = mismatch(broker, file);
        if (!mismatch.isEmpty()) {
          throw new BrokerException(Kind.PROTOCOL, mismatch);
        }
        return;
      }
    }
  }

  /// What is wrong with a broker that takes connections, and no more.
  private static BrokerException unlike(String broker, ClientFile file, Throwable failure) {
    String mismatch = mismatch(broker, file);
    if (!mismatch.isEmpty()) {
      return new BrokerException(Kind.PROTOCOL, mismatch, failure);
    }
    if (protocol(file).equals(SecurityProtocol.PLAINTEXT.name)) {
      return new BrokerException(
          Kind.PROTOCOL,
          "%s takes connections and does not answer: if it asks for a user, write security.protocol=SASL_PLAINTEXT into the file of --client-config"
              .formatted(broker),
          failure);
    }
    return new BrokerException(
        Kind.UNREACHABLE,
        "%s takes connections and does not answer as a Kafka broker".formatted(broker),
        failure);
  }

  /// What to say if only one of the two speaks TLS; else empty.
  private static String mismatch(String broker, ClientFile file) {
    String protocol = protocol(file);
    boolean wantsTls = protocol.endsWith("SSL");
    if (wantsTls == speaksTls(host(broker), port(broker))) {
      return "";
    }
    return "%s %s, and security.protocol is %s: write %s into the file of --client-config, or name another port"
        .formatted(
            broker,
            wantsTls ? "does not speak TLS" : "speaks TLS",
            protocol,
            wantsTls ? "PLAINTEXT or SASL_PLAINTEXT" : "SSL or SASL_SSL");
  }

  private static String protocol(ClientFile file) {
    return file.values().getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
  }

  private static boolean speaksTls(String host, int port) {
    try (SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.startHandshake();
      return true;
    } catch (SSLHandshakeException e) {
      // Most often its certificate is not known here. Kafka without TLS closes the connection.
      return !(e.getCause() instanceof EOFException);
    } catch (IOException e) { // an SSLException too: it was no TLS that came back
      return false;
    }
  }
}
