package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.Notices;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The way of a file's packets into another one, with everything else that the first holds and the
/// second has room for.
final class FileRecording implements Recording {
  private final SavefileCapture capture;
  private final SavefileCopy copy;
  private final FileCommand command;
  private final boolean isPacketBuffered;
  private final Messages messages;
  private @Nullable IOException failure;
  private volatile boolean isFlushWanted;
  private boolean hasEnded;

  private FileRecording(
      SavefileCapture capture,
      SavefileCopy copy,
      FileCommand command,
      boolean isPacketBuffered,
      Messages messages) {
    this.capture = capture;
    this.copy = copy;
    this.command = command;
    this.isPacketBuffered = isPacketBuffered;
    this.messages = messages;
  }

  /// Opens the file that is written.
  ///
  /// @param input what is read, which is open as `capture`
  /// @throws BadArgument if it cannot be opened, or cannot hold what is read
  static FileRecording open(
      FileArguments.Plan plan, Input.Saved input, SavefileCapture capture, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    for (String file : input.files()) {
      refuseToOverwrite(FileInput.path(file), input.option(), plan);
    }
    Path source = FileInput.path(input.files().getFirst());
    List<SavefileInterface> interfaces = capture.interfaces();
    boolean canHaveSeveralLinkTypes =
        capture.reader().format() == SavefileFormat.PCAPNG
            && plan.format() != SavefileFormat.PCAPNG;
    if (canHaveSeveralLinkTypes && !capture.isStream() && input.files().size() == 1) {
      interfaces = interfacesOfOneLinkType(source, input.filter());
    }
    FileCommand command = new FileCommand(plan.command(), messages);
    SavefileOptions options = SavefileOptions.of(plan.format(), interfaces);
    SavefileCopy copy = RecordingFile.openCopy(plan, options, command);
    FileRecording recording =
        new FileRecording(capture, copy, command, plan.isPacketBuffered(), messages);
    recording.begin();
    capture.onBlock(recording::write);
    return recording;
  }

  private static void refuseToOverwrite(Path source, String option, FileArguments.Plan plan)
      throws BadArgument, IOException {
    Path target = Path.of(plan.file());
    boolean isSame =
        !plan.isStandardOutput() && Files.exists(target) && Files.isSameFile(source, target);
    if (isSame) {
      throw new BadArgument(option + " and -w are the same file: " + plan.file());
    }
  }

  /// All interfaces of the file, once it is sure that the packets to copy have one link type.
  private static List<SavefileInterface> interfacesOfOneLinkType(
      Path source, @Nullable CaptureFilter filter)
      throws BadArgument, IOException, InterruptedException {
    Set<LinkType> linkTypes = new LinkedHashSet<>();
    try (SavefileCapture scout = SavefileCapture.open(source, filter)) {
      scout.start(packet -> linkTypes.add(packet.linkType()));
      try {
        scout.await();
      } catch (MalformedSavefile _) {
        // The pass that copies comes to the same place, and says so.
      }
      if (linkTypes.size() > 1) {
        throw new BadArgument(
            "a pcap file holds one link type, and the packets have "
                + linkTypes.stream().map(LinkType::toString).collect(Collectors.joining(", "))
                + "; pcapng holds several");
      }
      List<SavefileInterface> all = scout.interfaces();
      return linkTypes.isEmpty()
          ? all
          : all.stream().filter(each -> linkTypes.contains(each.linkType())).toList();
    }
  }

  @Override
  public PacketHandler handler(int thread) {
    return new PacketHandler() {
      @Override
      public void onPacket(Frame packet) {
        write(packet);
      }

      @Override
      public void onDrained(long completeUntil) {
        flush();
      }
    };
  }

  private void begin() {
    try {
      copy.begin(capture.reader());
    } catch (IOException e) {
      fail(e);
    }
  }

  /// Writes what the reader is at, or a packet in place of it.
  private void write(Frame packet) {
    if (failure != null) {
      return;
    }
    SavefileReader reader = capture.reader();
    try {
      boolean isMoreWanted =
          packet == reader ? copy.write(reader) : copy.write(reader, packet, reader.comments());
      if (isPacketBuffered || isFlushWanted) {
        isFlushWanted = false;
        copy.flush();
      }
      if (!isMoreWanted) {
        capture.abort();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void flush() {
    if (failure == null) {
      try {
        copy.flush();
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void fail(IOException reason) {
    failure = reason;
    capture.abort();
  }

  @Override
  public void requestFlush() {
    isFlushWanted = true;
  }

  @Override
  public long written() {
    return copy.packetsWritten();
  }

  @Override
  public int end() {
    hasEnded = true;
    try {
      copy.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure; // what closing says would be the same again
    }
    if (copy.isEnded() && failure == null) {
      command.fileIsComplete();
    }
    if (failure != null) {
      if (RecordingFile.isReaderGone(failure)) {
        return ExitCode.OK;
      }
      messages.print(String.valueOf(failure.getMessage()));
      return ExitCode.SYSTEM;
    }
    if (!copy.losses().isEmpty()) {
      messages.print("a pcap file has no room for: " + String.join(", ", copy.losses()));
    }
    String withheld = Notices.ofWithheld(copy);
    if (withheld != null) {
      messages.print(withheld);
    }
    return ExitCode.OK;
  }

  @Override
  public void close() {
    try (command) {
      if (!hasEnded) {
        int _ = end();
      }
    }
  }
}
