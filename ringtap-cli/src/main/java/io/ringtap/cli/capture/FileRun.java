package io.ringtap.cli.capture;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.cli.ExitCode;
import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.terminal.Output;
import io.ringtap.linux.IfPacket;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of `ringtap capture` on a file: shows its packets or writes them to another.
final class FileRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final CapturePlan plan;
  private final Input.Saved input;
  private final Output out;
  private final Messages messages;
  private final Report report;
  private final Interruption interruption;
  private final @Nullable BpfInterpreter filter;
  private final Ancillary ancillary = new Ancillary(0, IfPacket.PACKET_HOST, 0);
  private volatile boolean isStopped;
  private long read;
  private long shown;

  FileRun(CapturePlan plan, Input.Saved input, Output out, Messages messages, Report report) {
    this.plan = plan;
    this.input = input;
    this.out = out;
    this.messages = messages;
    this.report = report;
    interruption = new Interruption(PATIENCE_NANOS);
    BpfProgram program = input.filter();
    filter = program == null ? null : new BpfInterpreter(program);
  }

  /// Reads the file to its end, or to the end that the plan or a signal sets.
  ///
  /// @return the exit code
  int run() throws BadArgument, IOException {
    try (SavefileReader reader = open()) {
      interruption.onSignal(() -> isStopped = true);
      int code = run(reader);
      interruption.done(code);
      return code;
    } finally {
      interruption.release();
    }
  }

  private boolean isStandardInput() {
    return input.file().equals(FileArguments.STANDARD_STREAM);
  }

  private SavefileReader open() throws BadArgument {
    try {
      return isStandardInput()
          ? SavefileReader.of(new FileInputStream(FileDescriptor.in), "standard input")
          : SavefileReader.open(Path.of(input.file()));
    } catch (InvalidPathException e) {
      throw new BadArgument("-r '" + input.file() + "' is no name of a file");
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
      return CopiedPackets.open(file, isStandardInput() ? null : Path.of(input.file()));
    }
    PacketView view = Views.of(plan.form(), _ -> null, out);
    if (view == null) {
      throw new IllegalStateException("a file cannot be " + plan.form());
    }
    // What comes through a pipe may be the last for long.
    return new ShownPackets(view, isStandardInput());
  }

  private void pass(SavefileReader reader, FilePackets packets) throws BadArgument, IOException {
    boolean isFirst = true;
    while (!isStopped && shown < plan.count() && reader.next()) {
      if (isFirst) {
        tell(reader);
        isFirst = false;
      }
      read++;
      if (passes(reader)) {
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

  private boolean passes(SavefileReader reader) {
    if (filter == null) {
      return true;
    }
    tellAncillary(reader);
    return filter.run(
            reader.memory().asSlice(reader.offset(), reader.caplen()), reader.origlen(), ancillary)
        != 0;
  }

  /// Takes from the file what it tells of what the kernel would tell.
  private void tellAncillary(SavefileReader reader) {
    LinkType linkType = reader.interfaceOf(reader.interfaceId()).linkType();
    boolean hasEtherType =
        linkType.equals(LinkType.ETHERNET) && reader.caplen() >= EthernetHeader.BYTES;
    int protocol = hasEtherType ? EthernetHeader.etherType(reader.memory(), reader.offset()) : 0;
    ancillary
        .protocol(protocol)
        .packetType(packetType(reader.flags()))
        .random(ThreadLocalRandom.current().nextInt());
  }

  private static int packetType(int flags) {
    if ((flags & PacketFlags.DIRECTION) == PacketFlags.OUTBOUND) {
      return IfPacket.PACKET_OUTGOING;
    }
    return switch (flags & PacketFlags.RECEPTION) {
      case PacketFlags.BROADCAST -> IfPacket.PACKET_BROADCAST;
      case PacketFlags.MULTICAST -> IfPacket.PACKET_MULTICAST;
      case PacketFlags.PROMISCUOUS -> IfPacket.PACKET_OTHERHOST;
      default -> IfPacket.PACKET_HOST;
    };
  }
}
