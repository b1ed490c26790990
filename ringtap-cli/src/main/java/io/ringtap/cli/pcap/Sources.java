package io.ringtap.cli.pcap;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files that a job reads, opened.
final class Sources implements AutoCloseable {
  private static final long UNKNOWN = -1;
  private static final int GZIP_FIRST = 0x1F; // RFC 1952 §2.3.1
  private static final int GZIP_SECOND = 0x8B;

  private final List<SavefileReader> readers = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private @Nullable StandardInput standardInput;
  private long bytes;

  private Sources() {}

  /// Opens files.
  ///
  /// @param names paths, one of which may be `-`
  /// @throws BadArgument if one cannot be opened or is not a savefile
  static Sources open(List<String> names) throws BadArgument, IOException {
    Sources sources = new Sources();
    try {
      for (String name : names) {
        sources.add(name);
      }
      return sources;
    } catch (BadArgument | RuntimeException e) {
      sources.close();
      throw e;
    }
  }

  private void add(String name) throws BadArgument {
    try {
      if (name.equals(StandardInput.DASH)) {
        if (standardInput != null) {
          throw new BadArgument(StandardInput.NAME + " can be read only once");
        }
        standardInput = new StandardInput();
        readers.add(SavefileReader.of(standardInput, StandardInput.NAME));
        files.add(StandardInput.DESCRIPTOR);
        bytes = UNKNOWN;
      } else {
        Path file = Path.of(name);
        readers.add(SavefileReader.open(file));
        files.add(file);
        boolean isCounted = bytes != UNKNOWN && Files.isRegularFile(file);
        bytes = isCounted ? bytes + Files.size(file) : UNKNOWN;
      }
    } catch (InvalidPathException e) {
      throw new BadArgument("'" + name + "' is not a file name");
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  List<SavefileReader> readers() {
    return readers;
  }

  SavefileReader first() {
    return readers.getFirst();
  }

  /// The files that can be read once more.
  List<Path> regularFiles() {
    return files.stream().filter(Files::isRegularFile).toList();
  }

  /// All bytes of the files, compressed as they may be; -1 if one is a stream.
  long bytes() {
    return bytes;
  }

  /// Whether a file is among these.
  boolean contains(Path file) throws IOException {
    for (Path each : files) {
      if (Files.exists(each) && Files.isSameFile(each, file)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the only source is a file that can be read anywhere, and is not compressed.
  boolean isPlain() throws IOException {
    Path file = files.getFirst();
    if (files.size() != 1 || !Files.isRegularFile(file) || standardInput != null) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() != GZIP_FIRST || in.read() != GZIP_SECOND;
    }
  }

  /// Ends the reading, also where a stream is waited for. Any thread.
  void stop() {
    readers.forEach(SavefileReader::stop);
    if (standardInput != null) {
      standardInput.end();
    }
  }

  @Override
  public void close() throws IOException {
    for (SavefileReader each : readers) {
      each.close();
    }
  }
}
