package io.ringtap.cli.replay;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.send.FrameSupplier;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The packets of a file that match a filter, round by round.
final class ReplayFile implements FrameSupplier, AutoCloseable {
  private final ReplayPlan plan;
  private final @Nullable PacketFilter filter;
  private final @Nullable StandardInput standardInput;
  private SavefileReader reader;
  private long left; // packets that may still be taken
  private long takenInRound;
  private long filtered;

  private ReplayFile(
      ReplayPlan plan, @Nullable PacketFilter filter, @Nullable StandardInput standardInput)
      throws BadArgument {
    this.plan = plan;
    this.filter = filter;
    this.standardInput = standardInput;
    left = plan.extent().packets();
    try {
      reader = open();
    } catch (InvalidPathException e) {
      throw new BadArgument("'" + plan.file() + "' is not a file name");
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// Opens the file, and reads its head.
  ///
  /// @param standardInput what `-` stands for; null if the plan names a file
  /// @throws BadArgument if it cannot be opened or is not a savefile
  /// @throws FilterException if the expression is not a filter
  static ReplayFile open(ReplayPlan plan, @Nullable StandardInput standardInput)
      throws BadArgument {
    String expression = plan.expression();
    PacketFilter filter = expression == null ? null : PacketFilter.of(expression);
    return new ReplayFile(plan, filter, standardInput);
  }

  private SavefileReader open() throws IOException {
    return standardInput == null
        ? SavefileReader.open(Path.of(plan.file()))
        : SavefileReader.of(standardInput, StandardInput.NAME);
  }

  /// Why the expression matches no packet of a link type; null if it may match some.
  @Nullable FilterException problem(LinkType linkType) {
    return filter == null ? null : filter.problem(linkType);
  }

  /// The link types of all packets, where the file's head says so, as that of pcap does; those of
  /// the packets read so far otherwise.
  Stream<LinkType> linkTypes() {
    return reader.interfaces().stream().map(SavefileInterface::linkType).distinct();
  }

  /// Whether the file's head says what link type all packets have.
  boolean isOfOneLinkType() {
    return reader.format() != SavefileFormat.PCAPNG;
  }

  @Override
  public @Nullable Frame next() throws IOException {
    while (left > 0 && reader.next()) {
      if (filter == null || filter.matches(reader)) {
        left--;
        takenInRound++;
        return reader;
      }
      filtered++;
    }
    return null;
  }

  @Override
  public boolean mayWait() {
    return standardInput != null;
  }

  /// Begins again, if there is something to be had by it.
  ///
  /// @return false if no more packets are wanted, or the last round had none
  boolean rewind() throws IOException {
    if (left == 0 || takenInRound == 0) {
      return false;
    }
    takenInRound = 0;
    reader.close();
    reader = open();
    return true;
  }

  /// Packets that did not match.
  long filtered() {
    return filtered;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
