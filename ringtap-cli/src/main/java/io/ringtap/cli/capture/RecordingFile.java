package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.error.LinuxException;
import io.ringtap.record.DirectFile;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.PacketRecorder.OutputOpener;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileException;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/// The file that `-w` names.
final class RecordingFile {
  private static final String STANDARD_OUTPUT = "standard output";

  private interface Opening<T> {
    T open() throws IOException;
  }

  /// Makes the recorder that writes what `opener` opens.
  interface RecorderOpening {
    PacketRecorder open(OutputOpener opener) throws IOException;
  }

  private RecordingFile() {}

  /// Opens it for a recorder.
  ///
  /// @param options without what the plan says
  /// @param command learns which files are opened
  static PacketRecorder open(
      FileArguments.Plan plan,
      SavefileOptions options,
      FileCommand command,
      RecorderOpening recorder)
      throws BadArgument, IOException {
    SavefileOptions all = complete(plan, options, command);
    OutputOpener opener =
        () ->
            plan.isStandardOutput()
                ? SavefileOutput.to(standardOutput(), STANDARD_OUTPUT, all)
                : SavefileOutput.open(Path.of(plan.file()), all);
    return checked(plan, () -> recorder.open(opener));
  }

  /// Opens it for what is read from another file.
  ///
  /// @param options without what the plan says
  /// @param command learns which files are opened
  static SavefileCopy openCopy(
      FileArguments.Plan plan, SavefileOptions options, FileCommand command)
      throws BadArgument, IOException {
    SavefileOptions all = complete(plan, options, command);
    return checked(
        plan,
        () ->
            plan.isStandardOutput()
                ? SavefileCopy.to(standardOutput(), STANDARD_OUTPUT, all)
                : SavefileCopy.open(Path.of(plan.file()), all));
  }

  private static SavefileOptions complete(
      FileArguments.Plan plan, SavefileOptions options, FileCommand command) {
    return options
        .withRotation(plan.rotation())
        .withCompression(plan.compression())
        .withOpener(command.watching(DirectFile::open));
  }

  private static WritableByteChannel standardOutput() {
    return new FileOutputStream(FileDescriptor.out).getChannel();
  }

  private static <T> T checked(FileArguments.Plan plan, Opening<T> opening)
      throws BadArgument, IOException {
    try {
      return opening.open();
    } catch (SavefileException e) {
      throw e; // the file is there, and takes nothing
    } catch (LinuxException e) {
      throw e; // there is no memory for the recorder
    } catch (InvalidPathException e) {
      throw new BadArgument("-w '" + plan.file() + "' is not a file name");
    } catch (IllegalArgumentException | IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// Whether writing failed because the reader of a pipe has gone, which is not an error: it has
  /// read enough.
  static boolean isReaderGone(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
