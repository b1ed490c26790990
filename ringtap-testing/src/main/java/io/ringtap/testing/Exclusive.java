package io.ringtap.testing;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The tests of this class use something of which the machine has one, and run while no other class
/// that names the same thing does, be it in another JVM of the build.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Exclusive.Turn.class)
public @interface Exclusive {
  /// The thing, in a word that can stand in the name of a file.
  String value();

  /// Waits for the class's turn. The lock is one of the kernel, so it goes with a JVM that is
  /// killed.
  final class Turn implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace STORE =
        ExtensionContext.Namespace.create(Turn.class);

    /// Called by JUnit.
    public Turn() {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
      Path file = Path.of(System.getProperty("java.io.tmpdir"), "ringtap-test-" + thing(context));
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      context.getStore(STORE).put(FileLock.class, lock);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
      FileLock lock = context.getStore(STORE).remove(FileLock.class, FileLock.class);
      if (lock != null) {
        lock.acquiredBy().close();
      }
    }

    private static String thing(ExtensionContext context) {
      return context.getRequiredTestClass().getAnnotation(Exclusive.class).value();
    }
  }
}
