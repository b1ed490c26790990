package io.ringtap.cli.capture;

import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of a file's packets into another one, with the interfaces, directions and comments that
/// the first has and the second has room for.
final class FileRecording implements Recording {
  private final FileArguments.Plan plan;
  private final SavefileCapture capture;
  private final SavefileReader reader;
  private final Messages messages;
  private @Nullable SavefileWriter writer;
  private int known; // interfaces of the file that is written
  private @Nullable BadArgument refusal;
  private @Nullable IOException failure;

  private FileRecording(FileArguments.Plan plan, SavefileCapture capture, Messages messages) {
    this.plan = plan;
    this.capture = capture;
    this.reader = capture.reader();
    this.messages = messages;
  }

  /// Opens the file that is written. The interfaces that it can have are those of its head, so the
  /// file that is read is asked for all of its own first; where it is a stream, those that it
  /// describes before its first packet must do.
  ///
  /// @param source the file that is read; null for a stream
  static FileRecording open(
      FileArguments.Plan plan, SavefileCapture capture, @Nullable Path source, Messages messages)
      throws BadArgument, IOException {
    FileRecording recording = new FileRecording(plan, capture, messages);
    refuseToOverwrite(source, plan);
    if (source != null) {
      try (SavefileReader scout = SavefileReader.open(source)) {
        recording.begin(allInterfaces(scout), scout.sectionComment());
      } catch (IOException e) {
        if (!RecordingFile.isReaderGone(e)) {
          throw e;
        }
        recording.fail(e);
      }
    }
    return recording;
  }

  private static void refuseToOverwrite(@Nullable Path source, FileArguments.Plan plan)
      throws BadArgument, IOException {
    Path target = Path.of(plan.file());
    boolean isSame =
        !plan.isStandardOutput()
            && Files.exists(target)
            && Files.isSameFile(source == null ? StandardInput.DESCRIPTOR : source, target);
    if (isSame) {
      throw new BadArgument("-r and -w are the same file: " + plan.file());
    }
  }

  private static List<SavefileInterface> allInterfaces(SavefileReader scout) throws IOException {
    try {
      boolean hasMore;
      do {
        hasMore = scout.next();
      } while (hasMore);
    } catch (MalformedSavefile _) {
      // The pass that copies comes to the same place, and says so.
    }
    return scout.interfaces();
  }

  private SavefileWriter begin(List<SavefileInterface> interfaces, @Nullable String comment)
      throws BadArgument, IOException {
    List<SavefileInterface> all =
        interfaces.isEmpty()
            ? List.of(SavefileInterface.of(LinkType.ETHERNET, Frame.MAX_SNAPLEN))
            : List.copyOf(interfaces);
    SavefileWriter opened =
        RecordingFile.openWriter(plan, SavefileOptions.of(plan.format(), all).withComment(comment));
    writer = opened;
    known = all.size();
    return opened;
  }

  @Override
  public PacketHandler handler(int thread) {
    return this::write;
  }

  private void write(Frame packet) {
    try {
      SavefileWriter to = writer;
      if (to == null) {
        to = begin(reader.interfaces(), reader.sectionComment());
      }
      if (packet.interfaceId() >= known) {
        throw new IOException(
            reader.name()
                + " describes another interface after its first packet; a stream cannot be copied"
                + " so: read it from a file");
      }
      boolean isMoreWanted = to.write(packet, reader.flags(), reader.comment());
      if (plan.isPacketBuffered()) {
        to.flush();
      }
      if (!isMoreWanted) {
        capture.abort();
      }
    } catch (BadArgument e) {
      refusal = e;
      capture.abort();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException reason) {
    failure = reason;
    capture.abort();
  }

  @Override
  public long written() {
    return writer == null ? 0 : writer.packetsWritten();
  }

  @Override
  public int end() throws BadArgument {
    if (refusal != null) {
      throw refusal;
    }
    if (failure != null) {
      return print(failure); // what closing says would be the same again
    }
    try {
      SavefileWriter to = writer;
      if (to == null) {
        to = begin(List.of(), null);
      }
      to.close();
      return ExitCode.OK;
    } catch (IOException e) {
      return print(e);
    }
  }

  private int print(IOException reason) {
    if (RecordingFile.isReaderGone(reason)) {
      return ExitCode.OK;
    }
    messages.print(String.valueOf(reason.getMessage()));
    return ExitCode.SYSTEM;
  }

  @Override
  public void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        if (failure == null) {
          int _ = print(e);
        }
      }
    }
  }
}
