package io.ringtap.system.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.system.filter.Compilation.Compiled;
import io.ringtap.system.filter.Compilation.Refused;
import io.ringtap.system.filter.Compilation.Unusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The programs that the installed tcpdump makes for packets of savefiles (`-ddd -r`), with the
/// optimizer of libpcap and without it (`-O`). For many threads.
final class TcpdumpCompiler implements FilterMaker {
  private final Path directory;
  private final Map<LinkType, Path> files = new ConcurrentHashMap<>();

  /// @param directory for savefiles without packets, one for each link type; the caller's to delete
  TcpdumpCompiler(Path directory) {
    this.directory = directory;
  }

  @Override
  public Compilation compile(String expression, LinkType linkType, boolean optimize) {
    Path file = files.computeIfAbsent(linkType, this::emptySavefile);
    List<String> command = new ArrayList<>(List.of("tcpdump", "-ddd", "-r", file.toString()));
    if (!optimize) {
      command.add("-O");
    }
    command.add("--"); // an expression may begin with a minus
    command.add(expression);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? program(said) : refused(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while tcpdump compiles", e);
    }
  }

  private static Compilation program(String said) {
    String decimals =
        said.lines().filter(line -> line.matches("[0-9 ]+")).collect(Collectors.joining("\n"));
    try {
      return Compiled.of(BpfProgram.parse(decimals));
    } catch (IllegalArgumentException e) {
      return new Unusable(String.valueOf(e.getMessage()));
    }
  }

  private static Compilation refused(String said) {
    String message =
        said.lines()
            .filter(line -> line.startsWith("tcpdump: "))
            .map(line -> line.substring("tcpdump: ".length()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("tcpdump fails without a reason: " + said));
    return message.equals(Compilation.REJECTS_ALL) ? Compiled.rejectingAll() : new Refused(message);
  }

  private Path emptySavefile(LinkType linkType) {
    Path file = directory.resolve(linkType.number() + ".pcap");
    SavefileOptions options =
        SavefileOptions.of(
            SavefileFormat.PCAP_MICROS, List.of(SavefileInterface.of(linkType, SNAPLEN)));
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
