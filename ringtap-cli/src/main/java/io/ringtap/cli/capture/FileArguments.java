package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.source.FileList;
import io.ringtap.cli.source.SavefileForm;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options about files.
final class FileArguments {
  static final String STANDARD_STREAM = "-";

  private static final String NEEDS_FILE =
      " is about the file that is written, so it needs -w FILE";
  private static final long MILLION = 1_000_000;

  @Option(
      names = "-r",
      paramLabel = "SAVEFILE",
      description =
          "Read packets from a pcap or pcapng file or a pipe, also compressed by gzip; - is"
              + " standard input.")
  private @Nullable String read;

  @Option(
      names = "-V",
      paramLabel = "FILE",
      description =
          "Read packets from the files that this file names, one on each line, in this order; -"
              + " is standard input.")
  private @Nullable String list;

  @Option(
      names = "-w",
      paramLabel = "SAVEFILE",
      description = "Write packets to a file instead of showing them; - is standard output.")
  private @Nullable String write;

  @Mixin private SavefileForm form = new SavefileForm();

  @Option(
      names = "-C",
      paramLabel = "MILLIONS",
      description = "Start another file before one exceeds this many million bytes.")
  private @Nullable Integer millions;

  @Option(
      names = "-G",
      paramLabel = "SECONDS",
      description = "Start another file after this many seconds; -w may have %%H and the like.")
  private @Nullable Integer seconds;

  @Option(
      names = "-W",
      paramLabel = "COUNT",
      description =
          "With -C: keep this many newest files. With only -G: stop after this many files, on a"
              + " silent link after their time.")
  private @Nullable Integer count;

  @Option(
      names = "-z",
      paramLabel = "COMMAND",
      description =
          "With -C or -G: run this command, without a shell, on each file that is complete,"
              + " beside the capture and with the lowest priority.")
  private @Nullable String command;

  @Option(
      names = {"-U", "--packet-buffered"},
      description = "With -w: write packets as soon as they come, not every tenth of a second.")
  private boolean isPacketBuffered;

  @Option(
      names = "--unordered",
      description = "With several threads or interfaces, write packets as they come, not by time.")
  private boolean isUnordered;

  /// Where packets are to be written.
  ///
  /// @param file a path or `-`
  /// @param command run on each file that the rotation completes; null runs nothing
  /// @param isPacketBuffered whether packets may not wait for others
  record Plan(
      String file,
      SavefileFormat format,
      SavefileCompression compression,
      Rotation rotation,
      @Nullable String command,
      boolean isPacketBuffered,
      boolean isUnordered) {
    boolean isStandardOutput() {
      return file.equals(STANDARD_STREAM);
    }
  }

  /// Whether packets come from files.
  boolean isReading() {
    return read != null || list != null;
  }

  /// The option that names the files which are read.
  String readingOption() {
    return list == null ? "-r" : "-V";
  }

  /// The files that are read: paths or `-`, at least one.
  ///
  /// @throws BadArgument if there is a list that cannot be read, or names a file that cannot
  List<String> sources() throws BadArgument {
    String listFile = list;
    if (listFile == null) {
      return List.of(Objects.requireNonNull(read));
    }
    if (read != null) {
      throw new BadArgument("-V and -r exclude each other: the list names all files");
    }
    return FileList.read(listFile);
  }

  /// What is to be written; null if nothing is.
  @Nullable Plan plan(boolean isNanos) throws BadArgument {
    String file = write;
    if (file == null) {
      refuseWithoutFile();
      return null;
    }
    if (file.isEmpty()) {
      throw new BadArgument("-w needs the name of a file");
    }
    Rotation rotation = rotation();
    if (file.equals(STANDARD_STREAM) && !rotation.isNone()) {
      throw new BadArgument("-w - is one stream, which -C and -G cannot divide: name a file");
    }
    return new Plan(
        file,
        form.format(file, isNanos),
        form.compression(file),
        rotation,
        command,
        isPacketBuffered,
        isUnordered);
  }

  private void refuseWithoutFile() throws BadArgument {
    refuseWithoutFile("-C", millions != null);
    refuseWithoutFile("-G", seconds != null);
    refuseWithoutFile("-W", count != null);
    refuseWithoutFile("-z", command != null);
    form.refuse(NEEDS_FILE);
    refuseWithoutFile("--unordered", isUnordered);
  }

  private static void refuseWithoutFile(String option, boolean isGiven) throws BadArgument {
    if (isGiven) {
      throw new BadArgument(option + NEEDS_FILE);
    }
  }

  private Rotation rotation() throws BadArgument {
    requirePositive("-C", millions);
    requirePositive("-G", seconds);
    requirePositive("-W", count);
    if (count != null && millions == null && seconds == null) {
      throw new BadArgument("-W counts the files that -C or -G makes, so it needs one of them");
    }
    if (command != null && millions == null && seconds == null) {
      throw new BadArgument(
          "-z is run on the files that -C or -G completes, so it needs one of them");
    }
    try {
      return new Rotation(
          millions == null ? 0 : millions * MILLION,
          seconds == null ? null : Duration.ofSeconds(seconds),
          count == null ? 0 : count,
          count != null && millions == null);
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private static void requirePositive(String option, @Nullable Integer value) throws BadArgument {
    if (value != null && value <= 0) {
      throw new BadArgument(option + " must be 1 or more, not " + value);
    }
  }
}
