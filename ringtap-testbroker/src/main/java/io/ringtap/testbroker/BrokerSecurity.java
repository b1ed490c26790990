package io.ringtap.testbroker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/// How the brokers of a cluster know their clients, and the clients them: a certificate of their
/// own, users with passwords, and ACLs.
final class BrokerSecurity {
  private static final String ALIAS = "broker";

  private final Path folder;
  private final String password = UUID.randomUUID().toString();

  private BrokerSecurity(Path folder) {
    this.folder = folder;
  }

  /// Makes a certificate for brokers at `address`, in `folder`.
  ///
  /// @throws IOException if the JDK's `keytool` cannot
  static BrokerSecurity create(Path folder, String address) throws IOException {
    BrokerSecurity security = new BrokerSecurity(folder);
    security.makeKey(address);
    Files.writeString(security.certificate(), security.pem());
    return security;
  }

  /// Where the file of client properties of `user` is.
  static Path clientFile(Path folder, String user) {
    return folder.resolve(user + ".properties");
  }

  private Path keys() {
    return folder.resolve("keys.p12");
  }

  private Path certificate() {
    return folder.resolve("certificate.pem");
  }

  private void makeKey(String address) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:" + address,
                "-keystore",
                keys().toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String pem() throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(keys().toFile(), password.toCharArray());
      byte[] certificate = store.getCertificate(ALIAS).getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate)
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// Adds a user with a password of its own.
  ///
  /// @return the user as the storage tool takes it
  String add(String user) throws IOException {
    String secret = UUID.randomUUID().toString();
    Files.writeString(
        clientFile(folder, user),
        """
        security.protocol=SASL_SSL
        ssl.truststore.type=PEM
        ssl.truststore.location=%s
        sasl.mechanism=SCRAM-SHA-512
        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
        username="%s" password="%s";
        """
            .formatted(certificate(), user, secret));
    return "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, secret);
  }

  /// What the brokers are told of it.
  Map<String, String> broker() {
    return Map.of(
        "listener.name.clients.sasl.enabled.mechanisms",
        "SCRAM-SHA-512",
        "listener.name.clients.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        "listener.name.clients.ssl.keystore.type",
        "PKCS12",
        "listener.name.clients.ssl.keystore.location",
        keys().toString(),
        "listener.name.clients.ssl.keystore.password",
        password,
        "authorizer.class.name",
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users",
        "User:ANONYMOUS");
  }
}
