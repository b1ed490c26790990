package io.ringtap.examples.fleet;

import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Lets a browser of this machine see the page in the namespace, through a port of the loopback
/// interface. Nothing of the machine's own network is changed.
final class PageDoor implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket door;
  private final NetworkNamespace inside;
  private final int port;

  /// Opens a free port that leads to a port of the namespace's loopback interface.
  PageDoor(NetworkNamespace inside, int port) throws IOException {
    this.inside = inside;
    this.port = port;
    door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread _ = Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort() + "/";
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket outer = door.accept();
        try {
          Socket inner = inside.call(() -> new Socket(InetAddress.getLoopbackAddress(), port));
          Thread _ = Thread.ofVirtual().start(() -> copy(outer, inner));
          Thread _ = Thread.ofVirtual().start(() -> copy(inner, outer));
        } catch (IOException e) {
          outer.close();
        }
      } catch (IOException e) {
        // closed, or a browser that has gone
      }
    }
  }

  /// Ends both ways when one ends.
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // the other side has gone
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
