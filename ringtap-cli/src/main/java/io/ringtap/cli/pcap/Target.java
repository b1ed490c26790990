package io.ringtap.cli.pcap;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.source.SavefileForm;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileException;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options about the file that a job writes.
final class Target {
  private static final String STANDARD_OUTPUT = "standard output";

  @Option(
      names = {"-w", "--write"},
      required = true,
      paramLabel = "SAVEFILE",
      description = "Write to this file, which is overwritten; - is standard output.")
  private String file = "";

  @Mixin private SavefileForm form = new SavefileForm();

  /// What is written.
  ///
  /// @param isMerged whether packets of several files come in any order
  /// @param section what the file says of its making, if no source says so
  /// @param rotation when the next file begins
  record Job(boolean isMerged, SavefileSection section, Rotation rotation) {
    /// Of one file, with the sections that the sources have.
    static final Job COPY = new Job(false, SavefileSection.OWN, Rotation.NONE);
  }

  boolean isStandardOutput() {
    return file.equals(StandardInput.DASH);
  }

  String name() {
    return isStandardOutput() ? STANDARD_OUTPUT : file;
  }

  /// The directory of the file, if it is one and its directory exists.
  @Nullable Path directory() {
    if (isStandardOutput()) {
      return null;
    }
    Path directory = Path.of(file).toAbsolutePath().getParent();
    return directory != null && Files.isDirectory(directory) ? directory : null;
  }

  /// Whether the file can hold what only pcapng holds.
  boolean isPcapng() throws BadArgument {
    return format() == SavefileFormat.PCAPNG;
  }

  /// Opens the file, when nothing else can be refused any more.
  ///
  /// @throws BadArgument if it cannot be opened, or is one of the sources
  SavefileCopy open(Sources sources, Job job) throws BadArgument, IOException {
    List<SavefileInterface> interfaces =
        sources.readers().stream().map(SavefileReader::interfaces).flatMap(List::stream).toList();
    SavefileOptions options =
        SavefileOptions.of(format(), interfaces)
            .withSection(job.section())
            .withRotation(job.rotation())
            .withCompression(form.compression(file));
    options = job.isMerged() ? options.withOneSection() : options;
    try {
      if (isStandardOutput()) {
        WritableByteChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
        return SavefileCopy.to(out, STANDARD_OUTPUT, options);
      }
      Path path = Path.of(file);
      if (Files.exists(path) && sources.contains(path)) {
        throw new BadArgument("-w " + file + " is one of the files that are read");
      }
      return SavefileCopy.open(path, options);
    } catch (SavefileException e) {
      throw e; // the file is there, and takes nothing
    } catch (InvalidPathException e) {
      throw new BadArgument("-w '" + file + "' is not a file name");
    } catch (IllegalArgumentException | IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private SavefileFormat format() throws BadArgument {
    if (file.isEmpty()) {
      throw new BadArgument("-w needs the name of a file");
    }
    return form.format(file, false);
  }
}
