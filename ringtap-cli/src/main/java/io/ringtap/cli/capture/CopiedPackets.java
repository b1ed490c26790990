package io.ringtap.cli.capture;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
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

/// Packets of a file that go to another one, with the interfaces, directions and comments that the
/// first tells of and the second has room for.
final class CopiedPackets implements FilePackets {
  private final FileArguments.Plan plan;
  private @Nullable SavefileWriter writer;
  private int known; // interfaces of the file that is written

  private CopiedPackets(FileArguments.Plan plan) {
    this.plan = plan;
  }

  /// Opens the file that is written. The interfaces that it can have are those of its head, so the
  /// file that is read is asked for all of its own first; where it is a stream, those that it tells
  /// of before its first packet must do.
  ///
  /// @param source the file that is read; null for a stream
  static CopiedPackets open(FileArguments.Plan plan, @Nullable Path source)
      throws BadArgument, IOException {
    CopiedPackets packets = new CopiedPackets(plan);
    if (source != null) {
      Path target = Path.of(plan.file());
      if (!plan.isStandardOutput() && Files.exists(target) && Files.isSameFile(source, target)) {
        throw new BadArgument("-r and -w are the same file: " + plan.file());
      }
      try (SavefileReader scout = SavefileReader.open(source)) {
        packets.begin(allInterfaces(scout), scout.sectionComment());
      }
    }
    return packets;
  }

  private static List<SavefileInterface> allInterfaces(SavefileReader scout) throws IOException {
    try {
      boolean hasMore;
      do {
        hasMore = scout.next();
      } while (hasMore);
    } catch (MalformedSavefile _) {
      // The pass that copies comes to the same place, and tells.
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
  public boolean take(SavefileReader reader) throws BadArgument, IOException {
    SavefileWriter to = writer;
    if (to == null) {
      to = begin(reader.interfaces(), reader.sectionComment());
    }
    if (reader.interfaceId() >= known) {
      throw new IOException(
          reader.name()
              + " tells of another interface after its first packet; a stream cannot be copied so:"
              + " read it from a file");
    }
    boolean isMoreWanted = to.write(reader, reader.flags(), reader.comment());
    if (plan.isPacketBuffered()) {
      to.flush();
    }
    return isMoreWanted;
  }

  @Override
  public void flush() throws IOException {
    if (writer != null) {
      writer.flush();
    }
  }

  @Override
  public void close() throws BadArgument, IOException {
    SavefileWriter to = writer;
    if (to == null) {
      to = begin(List.of(), null);
    }
    to.close();
  }
}
