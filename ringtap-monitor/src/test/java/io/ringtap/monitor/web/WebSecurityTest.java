package io.ringtap.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The web configuration file, with certificates of openssl and with curl as the client.
class WebSecurityTest {
  private static final String TLS =
      """
      tls_server_config:
        cert_file: cert.pem
        key_file: key.pem
      """;

  @TempDir private Path folder;

  @BeforeEach
  void requireTools() {
    Requirement.tool("openssl");
    Requirement.tool("curl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs8", "rsa-pkcs1", "ec-pkcs8", "ec-sec1", "ed25519"})
  void servesTlsWithEachKindOfKey(String kind) throws Exception {
    makeKey(kind, "key.pem");
    makeCertificate("cert.pem", "key.pem");
    try (WebServer server = open(TLS)) {
      assertThat(server.uri()).startsWith("https://");
      assertThat(curl(server, "--cacert", file("cert.pem"))).isEqualTo("200");
      assertThat(curl(server, "--cacert", file("cert.pem"), "--tls-max", "1.1")).isEqualTo("000");
    }
  }

  @Test
  void speaksOnlyTheVersionsThatItMay() throws Exception {
    makeKey("ec-pkcs8", "key.pem");
    makeCertificate("cert.pem", "key.pem");
    try (WebServer server = open(TLS + "  min_version: TLS13\n")) {
      assertThat(curl(server, "-k", "--tls-max", "1.2")).isEqualTo("000");
      assertThat(curl(server, "-k")).isEqualTo("200");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RequireAndVerifyClientCert, 200, 000, 000",
    "VerifyClientCertIfGiven, 200, 000, 200",
    "RequireAnyClientCert, 200, 200, 000",
    "RequestClientCert, 200, 200, 200"
  })
  void asksClientsForCertificates(String type, String known, String unknown, String none)
      throws Exception {
    for (String name : List.of("", "client-", "other-")) {
      makeKey("ec-pkcs8", name + "key.pem");
      makeCertificate(name + "cert.pem", name + "key.pem");
    }
    String ca = type.contains("Verify") ? "  client_ca_file: client-cert.pem\n" : "";
    try (WebServer server = open(TLS + "  client_auth_type: " + type + "\n" + ca)) {
      assertThat(curl(server, "-k", "-E", file("client-cert.pem"), "--key", file("client-key.pem")))
          .isEqualTo(known);
      assertThat(curl(server, "-k", "-E", file("other-cert.pem"), "--key", file("other-key.pem")))
          .isEqualTo(unknown);
      assertThat(curl(server, "-k")).isEqualTo(none);
    }
  }

  @Test
  void showsANewCertificateWhenTheFileHasOne() throws Exception {
    makeKey("ec-pkcs8", "key.pem");
    makeCertificate("cert.pem", "key.pem");
    try (WebServer server = open(TLS)) {
      assertThat(curl(server, "--cacert", file("cert.pem"))).isEqualTo("200");
      makeKey("ec-pkcs8", "new-key.pem");
      makeCertificate("new-cert.pem", "new-key.pem");
      Files.writeString(
          folder.resolve("web.yml"),
          TLS.replace("cert.pem", "new-cert.pem").replace("key.pem", "new-key.pem"));

      Eventually.await(
          "the new certificate is shown",
          () -> curl(server, "--cacert", file("new-cert.pem")).equals("200"));
    }
  }

  @Test
  void letsInThoseWhoKnowTheirPassword() throws Exception {
    try (WebServer server = open(users("jane", "sesame"))) {
      assertThat(curl(server)).isEqualTo("401");
      assertThat(curl(server, "-u", "jane:sesame")).isEqualTo("200");
      assertThat(curl(server, "-u", "jane:sesame")).isEqualTo("200"); // known again
      assertThat(curl(server, "-u", "jane:wrong")).isEqualTo("401");
      assertThat(curl(server, "-u", "jack:sesame")).isEqualTo("401");
      assertThat(curl(server, "-u", "jane:" + "x".repeat(100))).isEqualTo("401");
      assertThat(curl(server, "-H", "Authorization: Basic ???")).isEqualTo("401");
      assertThat(curl(server, "-u", "jane:sesame", "-H", "Host: proxied.example")).isEqualTo("200");
    }
  }

  @Test
  void forgetsAPasswordThatIsNoneAnyMore() throws Exception {
    try (WebServer server = open(users("jane", "sesame"))) {
      assertThat(curl(server, "-u", "jane:sesame")).isEqualTo("200");
      Files.writeString(folder.resolve("web.yml"), users("jane", "changed"));

      Eventually.await(
          "the new password counts", () -> curl(server, "-u", "jane:changed").equals("200"));
      assertThat(curl(server, "-u", "jane:sesame")).isEqualTo("401");
    }
  }

  @Test
  void staysAsItWasWhenTheFileIsNotRightAnyMore() throws Exception {
    try (WebServer server = open(users("jane", "sesame"))) {
      Files.writeString(folder.resolve("web.yml"), "basic_auth_users: {}\nnonsense: 1\n");
      Files.writeString(folder.resolve("more.yml"), users("jane", "again"));
      Files.move(
          folder.resolve("more.yml"),
          folder.resolve("web.yml"),
          StandardCopyOption.REPLACE_EXISTING);

      Eventually.await("the next one counts", () -> curl(server, "-u", "jane:again").equals("200"));
      assertThat(curl(server)).isEqualTo("401");
    }
  }

  @Test
  void addsTheHeadersOfTheFile() throws Exception {
    String text =
        """
        http_server_config:
          http2: true
          headers:
            Strict-Transport-Security: max-age=60
            X-Frame-Options: SAMEORIGIN
        """;
    try (WebServer server = open(text)) {
      assertThat(run("curl", "-si", server.uri() + "hello"))
          .containsIgnoringCase("Strict-Transport-Security: max-age=60")
          .containsIgnoringCase("X-Frame-Options: SAMEORIGIN")
          .doesNotContain("DENY");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls_server_config: {cert_file: cert.pem}|:1:20: there is no key_file; write key_file: with its value
          tls_server_config: {cert_file: cert.pem, key_file: none.pem}|:1:52: key_file: 'none.pem' is not there
          tls_server_config: {cert_file: key.pem, key_file: key.pem}|:1:32: cert_file: 'key.pem' has no certificate; it needs -----BEGIN CERTIFICATE-----
          tls_server_config: {cert_file: cert.pem, key_file: cert.pem}|:1:52: key_file: 'cert.pem' has no private key; it needs -----BEGIN PRIVATE KEY-----
          tls_server_config: {cert_file: cert.pem, key_file: other.pem}|:1:20: the key of key_file is not that of cert_file
          tls_server_config: {cert_file: cert.pem, key_file: secret.pem}|:1:52: key_file: 'secret.pem' has a key with a passphrase; write it without one (openssl pkey)
          tls_server_config: {cert_file: cert.pem, key_file: key.pem, min_version: SSL3}|:1:74: min_version: 'SSL3' is no version; there are: TLS10, TLS11, TLS12, TLS13
          tls_server_config: {cert_file: cert.pem, key_file: key.pem, client_auth_type: RequireAndVerifyClientCert}|:1:20: RequireAndVerifyClientCert needs client_ca_file
          basic_auth_users: {jane: sesame}|:1:26: jane: not a bcrypt hash; make one by htpasswd -nBC 10 NAME
          basic_auth_user: {}|:1:1: unknown key 'basic_auth_user'; did you mean 'basic_auth_users'?
          """)
  void saysWhatIsWrongInALine(String text, String message) throws Exception {
    makeKey("ec-pkcs8", "key.pem");
    makeKey("ed25519", "other.pem");
    makeCertificate("cert.pem", "key.pem");
    run(
        "openssl",
        "pkey",
        "-in",
        file("key.pem"),
        "-aes128",
        "-passout",
        "pass:secret",
        "-out",
        file("secret.pem"));

    assertThatThrownBy(() -> open(text))
        .isInstanceOf(IOException.class)
        .hasMessage(folder.resolve("web.yml") + message);
  }

  private WebServer open(String text) throws IOException {
    Path file = folder.resolve("web.yml");
    Files.writeString(file, text);
    WebServer server = WebServer.open(new WebConfig("127.0.0.1:0", file, List.of(), Map.of()));
    server.route("GET", "/hello", exchange -> exchange.text(200, "hello"));
    server.start();
    return server;
  }

  private static String users(String user, String password) {
    return "basic_auth_users:\n  %s: %s\n"
        .formatted(user, BCrypt.withDefaults().hashToString(4, password.toCharArray()));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void makeKey(String kind, String name) throws Exception {
    String out = file(name);
    switch (kind) {
      case "rsa-pkcs8" -> run("openssl", "genpkey", "-algorithm", "RSA", "-out", out);
      case "rsa-pkcs1" -> run("openssl", "genrsa", "-traditional", "-out", out, "2048");
      case "ec-pkcs8" ->
          run(
              "openssl",
              "genpkey",
              "-algorithm",
              "EC",
              "-pkeyopt",
              "ec_paramgen_curve:P-256",
              "-out",
              out);
      case "ec-sec1" -> run("openssl", "ecparam", "-name", "secp384r1", "-genkey", "-out", out);
      default -> run("openssl", "genpkey", "-algorithm", "ed25519", "-out", out);
    }
  }

  private void makeCertificate(String name, String key) throws Exception {
    run(
        "openssl",
        "req",
        "-x509",
        "-key",
        file(key),
        "-out",
        file(name),
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1");
  }

  /// The status that curl gets; 000 if there is no connection.
  private static String curl(WebServer server, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}"));
    command.addAll(List.of(options));
    command.add(server.uri() + "hello");
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
