package io.ringtap.system.print.application;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A client and a server of the JDK, and what they send each other.
final class TlsPeers {
  private static final int MOST_FLIGHTS = 6;
  private static final int MOST_RECORDS = 50;
  private static final int BUFFER = 65_536; // bytes
  private static final char[] PASSWORD = "changeit".toCharArray();

  /// A key of `CN=ringtap.test` made by keytool for these tests, valid until 2126.
  private static final String KEY_STORE =
      """
          MIID5gIBAzCCA5AGCSqGSIb3DQEHAaCCA4EEggN9MIIDeTCCASAGCSqGSIb3DQEHAaCCAREEggENMIIBCTCC
          AQUGCyqGSIb3DQEMCgECoIG9MIG6MGYGCSqGSIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBRZiSGla9RiY/gz
          25HalyvumjpLRAICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKtKnO98PWPEDtp1hPijf2YE
          UP5TTN9RP78kxCwClZk6E7gktvCZ5smQ690b3VPsG2X4mMu2l2zdFHDAKRGZChr3K1/rD32KUfgEl/71/VPJ
          ZtfjXO/h6B5UyWPrMF6VuxZaMTYwEQYJKoZIhvcNAQkUMQQeAgBzMCEGCSqGSIb3DQEJFTEUBBJUaW1lIDE3
          OTU5NzkxMjM2NzUwggJRBgkqhkiG9w0BBwagggJCMIICPgIBADCCAjcGCSqGSIb3DQEHATBmBgkqhkiG9w0B
          BQ0wWTA4BgkqhkiG9w0BBQwwKwQUGnPJs2XRLT50s3+TCIm/3ZbYQd8CAicQAgEgMAwGCCqGSIb3DQIJBQAw
          HQYJYIZIAWUDBAEqBBCzdvOXxeUer9YcHoC4/jIXgIIBwN3cw1IK1ZTfKloDwCpnfNqgAk3U4e2Soh8iwUpK
          IiYyhM5d+eBy3LrOymLyTYdH3tysYn+YkcPC+9gVLziVK9KVcjHWycc8gIFzbZ0OvKWukMjDKAF5QIrOPdwt
          NKvYBBh4+gUFdXnWP4mBwTNYHvBq7pAFk7A6RGTBMYDXDBKlJT6lXyEXOaGvUOsFuAVDy1WqYV1vbwTgC93f
          GSBQUVHVeNm1l2RXXLvU9VuGqZIeDZ0Riaac2K063HKdQRhYR3s4YUHIw3Z/usCoMykg9BULoZ4AgKBbjYSZ
          cL7+S5+7ZPsoxu6WDJnTFhkVetItkGePQIAd5fFzdb6JHH/vvTkn6AhezhCvWZhCIv5ns/a5j5FrWpYeu9dI
          hMJuHLa68Dfi+G/VuMittwzqYyJw7AToPyG0NGrKU0STKd+HNbC7W0ypRGSeqNqKaUgx7Zhaf89J/NmhUjiu
          zCjCdcwWP4uhsEYnQSM6/RaKnxqmJFrq1QjG4dXS3kfPy3O/hwAhn83LKl21G0ILpoxAcG+YGdZM2c8h6Au+
          NRKvtrX+wl4nlJGFNKJV1rzxwK/YYd5FNCsSQIf26A4wyXHfhujxZPMwTTAxMA0GCWCGSAFlAwQCAQUABCAy
          119mz3hYzl90rLGvWfCrUWeSBE0iSUM5Ox99iuu85AQUPDQImfNcawYaFGBehSqfDSAb6McCAicQ
      """;

  private final List<byte[]> flights = new ArrayList<>(); // what one side sends at a time, in turns
  private final SSLEngine client;
  private final SSLEngine server;

  /// @param version such as `TLSv1.3`
  /// @param host whose name the client gives, if it is not empty
  TlsPeers(String version, String host, List<String> applicationProtocols)
      throws GeneralSecurityException, IOException {
    SSLContext context = context();
    client = context.createSSLEngine();
    client.setUseClientMode(true);
    SSLParameters offered = client.getSSLParameters();
    offered.setProtocols(version.split(",", -1));
    offered.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    if (!host.isEmpty()) {
      offered.setServerNames(List.of(new SNIHostName(host)));
    }
    client.setSSLParameters(offered);
    server = context.createSSLEngine();
    server.setUseClientMode(false);
    SSLParameters accepted = server.getSSLParameters();
    accepted.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
    server.setSSLParameters(accepted);
  }

  /// A ClientHello.
  byte[] hello() throws IOException {
    return wrapped(client);
  }

  /// All of a handshake and a byte of data.
  List<byte[]> handshake() throws IOException {
    client.beginHandshake();
    server.beginHandshake();
    byte[] forClient = {};
    for (int i = 0; i < MOST_FLIGHTS && !(isDone(client) && isDone(server)); i++) {
      byte[] question = read(client, forClient);
      flights.add(question);
      byte[] answer = read(server, question);
      flights.add(answer);
      forClient = answer;
    }
    flights.removeIf(each -> each.length == 0);
    flights.add(wrapped(client));
    return flights;
  }

  /// The cipher suite that both agreed on.
  String suite() {
    return client.getSession().getCipherSuite();
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  /// Makes an engine read what it received.
  ///
  /// @return what it sends then
  private static byte[] read(SSLEngine engine, byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ByteBuffer data = ByteBuffer.allocate(BUFFER);
    ByteBuffer out = ByteBuffer.allocate(BUFFER);
    for (int i = 0; i < MOST_RECORDS; i++) {
      runTasks(engine);
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        engine.wrap(ByteBuffer.allocate(0), out);
      } else if (in.hasRemaining()) {
        engine.unwrap(in, data);
      } else {
        break;
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] wrapped(SSLEngine engine) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BUFFER);
    engine.wrap(ByteBuffer.wrap(new byte[] {'x'}), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static SSLContext context() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Base64.getMimeDecoder().decode(KEY_STORE)), PASSWORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {new TrustsAll()}, null);
    return context;
  }

  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
