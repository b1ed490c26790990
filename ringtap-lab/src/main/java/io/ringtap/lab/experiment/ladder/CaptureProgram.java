package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.peer.PeerPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The library's ways to capture as a C program takes them: `capture.c`, compiled here if there is
/// a gcc, in a directory that goes with this object.
final class CaptureProgram implements AutoCloseable {
  private static final String SOURCE = "capture.c";
  private static final String COMPILER = "gcc";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofMillis(300);

  private final Path directory;

  private CaptureProgram(Path directory) {
    this.directory = directory;
  }

  /// Compiles the program; empty if there is no gcc, or none that can.
  static Optional<CaptureProgram> compile() throws IOException, InterruptedException {
    if (!PeerPrograms.isInstalled(COMPILER)) {
      return Optional.empty();
    }
    CaptureProgram program = new CaptureProgram(Files.createTempDirectory("ringtap-lab-"));
    try {
      if (program.build()) {
        return Optional.of(program);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      program.close();
      throw e;
    }
    program.close();
    return Optional.empty();
  }

  private boolean build() throws IOException, InterruptedException {
    try (InputStream source =
        Objects.requireNonNull(CaptureProgram.class.getResourceAsStream(SOURCE), SOURCE)) {
      long _ = Files.copy(source, directory.resolve(SOURCE));
    }
    Process gcc =
        new ProcessBuilder(COMPILER, "-O2", "-pthread", "-o", program(), source())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return gcc.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && gcc.exitValue() == 0;
    } finally {
      Process _ = gcc.destroyForcibly();
    }
  }

  private String source() {
    return directory.resolve(SOURCE).toString();
  }

  private String program() {
    return directory.resolve("capture").toString();
  }

  /// The same rungs as [CaptureRung#ofStack], and below them one call for each packet.
  List<CapturePeer> peers(String in, long bufferBytes, List<Integer> fanouts) {
    List<CapturePeer> peers = new ArrayList<>();
    peers.add(peer("recv", 1, in, bufferBytes));
    for (String mode : List.of("recvmmsg", "ring")) {
      peers.add(peer(mode, 1, in, bufferBytes));
      fanouts.forEach(threads -> peers.add(peer(mode, threads, in, bufferBytes)));
    }
    return peers;
  }

  private CapturePeer peer(String mode, int threads, String in, long bufferBytes) {
    return new CapturePeer(
        "C, " + mode + (threads == 1 ? "" : " + fanout × " + threads),
        List.of(program(), in, mode, Integer.toString(threads), Long.toString(bufferBytes)),
        List.of(COMPILER, "--version"),
        CaptureOutput.TCPDUMP,
        SOON);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(Path.of(program()));
    Files.deleteIfExists(Path.of(source()));
    Files.deleteIfExists(directory);
  }
}
