package io.ringtap.testbroker;

import java.io.IOException;
import java.net.ServerSocket;

/// Finds TCP ports that nobody uses, below those that the kernel gives to connections: a port stays
/// free while its broker is down.
final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int END = 32_000;

  /// Where the search goes on. Processes begin at different places, so that they seldom meet.
  private static int next = FIRST + (int) (ProcessHandle.current().pid() * 97 % (END - FIRST));

  private FreePorts() {}

  /// Finds `count` ports.
  ///
  /// @throws IOException if there are not so many
  static synchronized int[] find(int count) throws IOException {
    int[] ports = new int[count];
    int found = 0;
    for (int tries = 0; tries < END - FIRST; tries++) {
      next = next + 1 < END ? next + 1 : FIRST;
      if (isFree(next)) {
        ports[found] = next;
        found++;
        if (found == count) {
          return ports;
        }
      }
    }
    throw new IOException("no " + count + " free ports");
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
