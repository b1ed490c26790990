package io.ringtap.system.monitor;

import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client of a monitor that asks for something and does not take what it gets.
final class WebClient implements AutoCloseable {
  /// Little room for what is not read, so that the monitor notices soon.
  private static final int ROOM_BYTES = 4_096;

  private static final long PAUSE_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 10_000;
  private final Socket socket;

  private WebClient(Socket socket) {
    this.socket = socket;
  }

  /// Asks from within a namespace, and reads no more than the first line of the answer.
  static WebClient ask(NetworkNamespace namespace, String address, String path) throws IOException {
    Socket socket = namespace.call(() -> connect(address));
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    WebClient client = new WebClient(socket);
    if (!client.line().equals("HTTP/1.1 200 OK")) {
      throw new IOException("not answered: " + path);
    }
    return client;
  }

  private static Socket connect(String address) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(ROOM_BYTES);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(address, RunningMonitor.PORT), PATIENCE_MILLIS);
    return socket;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c != '\r' && c != -1; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  /// Reads a byte now and then, until the monitor has ended the connection.
  void readSlowly() {
    Thread _ =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (socket.getInputStream().read() >= 0) {
                  Thread.sleep(PAUSE_MILLIS);
                }
              } catch (IOException | InterruptedException e) {
                // The connection has ended.
              }
            });
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
