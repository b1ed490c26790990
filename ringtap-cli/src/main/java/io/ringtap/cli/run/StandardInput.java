package io.ringtap.cli.run;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Standard input. One thread reads it; any thread may [end][#end] it, also while the first waits
/// for data that does not come.
public final class StandardInput implements ReadableByteChannel, InterruptibleChannel {
  /// What stands for it where a file may be named.
  public static final String DASH = "-";

  /// How messages name it.
  public static final String NAME = "standard input";

  /// A link to the file that it is.
  public static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

  private final FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();

  /// Opens it.
  ///
  /// @throws IOException if it was closed when the process began: what descriptor 0 leads to then
  ///   is a file that the JVM has opened for itself
  public StandardInput() throws IOException {
    requireOpen();
  }

  /// Checks that there is a standard input.
  ///
  /// @throws IOException if it was closed when the process began
  public static void requireOpen() throws IOException {
    if (isOfTheJvm()) {
      throw new IOException(NAME + " is closed");
    }
  }

  private static boolean isOfTheJvm() {
    Path file;
    try {
      file = Files.readSymbolicLink(DESCRIPTOR);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // closed, or there is no /proc: reading says so
    }
    return file.startsWith(System.getProperty("java.home")) || file.toString().endsWith(".jar");
  }

  /// From now on there is nothing to read.
  public void end() {
    try {
      channel.close();
    } catch (IOException e) {
      // What was read is all there is in any case.
    }
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    try {
      return channel.read(bytes);
    } catch (ClosedChannelException e) {
      return -1;
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    end();
  }
}
