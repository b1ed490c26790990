package io.ringtap.cli.capture;

import io.ringtap.cli.ExitCode;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.terminal.Output;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// One run of `ringtap capture` on a file: shows its packets or writes them to another.
final class FileRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final CapturePlan plan;
  private final Input.Saved input;
  private final Output out;
  private final Messages messages;
  private final Report report;
  private final Interruption interruption;
  private final FileFilter filter;
  private volatile boolean isStopped;
  private long read;
  private long shown;

  FileRun(CapturePlan plan, Input.Saved input, Output out, Messages messages, Report report) {
    this.plan = plan;
    this.input = input;
    this.out = out;
    this.messages = messages;
    this.report = report;
    filter = new FileFilter(input.filter());
    interruption = new Interruption(PATIENCE_NANOS);
  }

  /// Reads the file to its end, or to the end that the plan or a signal sets.
  ///
  /// @return the exit code
  int run() throws BadArgument, IOException {
    try (SavefileReader reader = open(input.file())) {
      interruption.onSignal(() -> isStopped = true);
      int code = run(reader);
      interruption.done(code);
      return code;
    } finally {
      interruption.release();
    }
  }

  private static boolean isStandardInput(String file) {
    return file.equals(FileArguments.STANDARD_STREAM);
  }

  /// Opens the file that `-r` names.
  ///
  /// @throws BadArgument if it cannot be opened, or is no savefile
  static SavefileReader open(String file) throws BadArgument {
    try {
      return isStandardInput(file)
          ? SavefileReader.of(new FileInputStream(FileDescriptor.in), "standard input")
          : SavefileReader.open(Path.of(file));
    } catch (InvalidPathException e) {
      throw new BadArgument("-r '" + file + "' is no name of a file");
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private int run(SavefileReader reader) throws BadArgument, IOException {
    int code = ExitCode.OK;
    try (FilePackets packets = packets()) {
      try {
        pass(reader, packets);
      } catch (MalformedSavefile e) {
        packets.flush();
        out.drain(PATIENCE_NANOS);
        messages.tell(String.valueOf(e.getMessage()));
        code = ExitCode.BAD_ARGUMENTS;
      }
    } catch (IOException e) {
      if (!RecordingFile.isReaderGone(e)) {
        messages.tell(String.valueOf(e.getMessage()));
        code = ExitCode.worse(code, ExitCode.SYSTEM);
      }
    }
    report.summary(read, shown);
    out.drain(interruption.haveCome() ? PATIENCE_NANOS : Long.MAX_VALUE);
    return code;
  }

  private FilePackets packets() throws BadArgument, IOException {
    if (plan.form() instanceof Form.Savefile(FileArguments.Plan file)) {
      return CopiedPackets.open(file, isStandardInput(input.file()) ? null : Path.of(input.file()));
    }
    PacketView view = Views.of(plan.form(), _ -> null, out);
    if (view == null) {
      throw new IllegalStateException("a file cannot be " + plan.form());
    }
    // What comes through a pipe may be the last for long.
    return new ShownPackets(view, isStandardInput(input.file()));
  }

  private void pass(SavefileReader reader, FilePackets packets) throws BadArgument, IOException {
    for (SavefileInterface each : reader.interfaces()) {
      filter.prepare(each.linkType()); // a mistake is told, also where there is no packet
    }
    boolean isFirst = true;
    while (!isStopped && shown < plan.count() && reader.next()) {
      if (isFirst) {
        tell(reader);
        isFirst = false;
      }
      read++;
      if (filter.passes(reader)) {
        shown++;
        if (!packets.take(reader)) {
          return;
        }
      }
    }
    packets.flush();
  }

  private void tell(SavefileReader reader) {
    SavefileInterface first = reader.interfaceOf(reader.interfaceId());
    messages.tell(
        "reading from file "
            + reader.name()
            + ", link-type "
            + first.linkType()
            + (first.snaplen() > 0 ? ", snapshot length " + first.snaplen() : ""));
  }
}
