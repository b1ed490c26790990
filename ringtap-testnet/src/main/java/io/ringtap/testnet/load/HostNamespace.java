package io.ringtap.testnet.load;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps load out of the host's network namespace.
final class HostNamespace {
  private HostNamespace() {}

  /// Throws if the calling thread is in the network namespace in which the JVM was started, or in
  /// that of process 1. The exception names `subject`.
  ///
  /// @throws IOException if the thread is in one of these namespaces
  static void refuse(String subject) throws IOException {
    Path here = namespaceOf("thread-self");
    if (here.equals(namespaceOf("self")) || here.equals(namespaceOfTheFirst())) {
      throw new IOException(
          "load for " + subject + " refused: not in a network namespace of its own");
    }
  }

  private static Path namespaceOfTheFirst() throws IOException {
    try {
      return namespaceOf("1");
    } catch (AccessDeniedException _) {
      return namespaceOf("self"); // without permission for process 1, use the JVM's own
    }
  }

  /// The link's target names the inode, such as `net:[4026531840]`.
  private static Path namespaceOf(String process) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", process, "ns/net"));
  }
}
