package io.ringtap.cli.capture;

import io.ringtap.cli.ExitCode;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.cli.terminal.Output;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
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
    interruption = new Interruption(PATIENCE_NANOS, () -> ExitCode.OK);
  }

  /// Reads the file to its end, or to the end that the plan or a signal sets.
  ///
  /// @return the exit code
  int run() throws BadArgument, IOException {
    try (interruption) {
      int code = isStandardInput(input.file()) ? runOnStandardInput() : runOnFile();
      interruption.done(code);
      return code;
    }
  }

  private int runOnFile() throws BadArgument, IOException {
    interruption.onSignal(() -> isStopped = true);
    try (SavefileReader reader = open(input.file())) {
      return run(reader);
    }
  }

  private int runOnStandardInput() throws BadArgument, IOException {
    try (StandardInput standardInput = standardInput()) {
      interruption.onSignal(() -> {
        isStopped = true;
        standardInput.end(); // the next packet may not come for long
      });
      try (SavefileReader reader = open(standardInput)) {
        return run(reader);
      }
    } catch (BadArgument e) {
      if (isStopped) {
        report.summary(read, shown); // before it began
        return ExitCode.OK;
      }
      throw e;
    }
  }

  private static StandardInput standardInput() throws BadArgument {
    try {
      return new StandardInput();
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  private static SavefileReader open(StandardInput standardInput) throws BadArgument {
    try {
      return SavefileReader.of(standardInput, StandardInput.NAME);
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
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
      return isStandardInput(file) ? open(standardInput()) : SavefileReader.open(Path.of(file));
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
        if (!isStopped) { // otherwise a signal has cut it off
          out.drain(PATIENCE_NANOS);
          messages.print(String.valueOf(e.getMessage()));
          code = ExitCode.BAD_ARGUMENTS;
        }
      }
    } catch (IOException e) {
      if (!RecordingFile.isReaderGone(e)) {
        messages.print(String.valueOf(e.getMessage()));
        code = ExitCode.worse(code, ExitCode.SYSTEM);
      }
    }
    report.summary(read, shown);
    out.drain(interruption.hasCome() ? PATIENCE_NANOS : Long.MAX_VALUE);
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
    messages.print(
        "reading from file "
            + reader.name()
            + ", link-type "
            + first.linkType()
            + (first.snaplen() > 0 ? ", snapshot length " + first.snaplen() : ""));
  }
}
