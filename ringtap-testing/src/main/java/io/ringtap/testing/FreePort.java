package io.ringtap.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for programs that have to be told where to listen, or on which nobody is to listen.
public final class FreePort {
  // Below those that the kernel gives out by itself (ip(7), ip_local_port_range), so that no other
  // connection takes one meanwhile. Each JVM has a hundred of its own.
  private static final int LOWEST = 20_000;
  private static final int OF_A_JVM = 100;

  private static final AtomicInteger next = new AtomicInteger();

  private FreePort() {}

  /// A port of the loopback interface on which nobody listens; another one each time.
  ///
  /// @throws IOException if all ports are taken
  public static int find() throws IOException {
    int first = LOWEST + (int) (ProcessHandle.current().pid() % OF_A_JVM) * OF_A_JVM;
    for (int number = next.getAndIncrement(); number < OF_A_JVM; number = next.getAndIncrement()) {
      int port = first + number;
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (BindException _) {
        // the next one
      }
    }
    throw new IOException("all ports from " + first + " on are taken");
  }
}
