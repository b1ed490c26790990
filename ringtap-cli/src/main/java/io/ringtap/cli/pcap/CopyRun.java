package io.ringtap.cli.pcap;

import io.ringtap.cli.pcap.Target.Job;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.ExitCode;
import io.ringtap.cli.run.Interruption;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.run.Ticker;
import io.ringtap.cli.source.Notices;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileMerger;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// One run of a job: reads files block by block, and writes what the job makes of it.
final class CopyRun {
  /// What a job does. By itself, it copies all.
  interface Work {
    /// Whether the packet that the reader is at is to be written.
    ///
    /// @param number its number in the run, from 1
    default boolean wants(SavefileReader at, long number) {
      return true;
    }

    /// Writes what is to become of the packet that the reader is at.
    ///
    /// @return false if no more packets are wanted
    default boolean packet(SavefileReader at, long number, SavefileCopy copy) throws IOException {
      return !wants(at, number) || copy.write(at);
    }

    /// Writes what is to become of a block that is not a packet.
    default void block(SavefileReader at, SavefileCopy copy) throws IOException {
      boolean _ = copy.write(at);
    }
  }

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Sources sources;
  private final Target target;
  private final CommandSpec spec;
  private final Messages messages;
  private int code = ExitCode.OK;
  private volatile long packets;
  private volatile long position; // bytes of files, and of the one that is read

  CopyRun(Sources sources, Target target, CommandSpec spec) {
    this.sources = sources;
    this.target = target;
    this.spec = spec;
    messages = new Messages(spec);
  }

  /// Copies all sources.
  ///
  /// @return the exit code
  /// @throws BadArgument if the target cannot be opened
  int run(Job job, Work work) throws BadArgument, IOException {
    long written = 0;
    int files = 0;
    try (Interruption interruption = new Interruption(Long.MAX_VALUE, () -> ExitCode.OK)) {
      if (!target.isPcapng()) {
        refuseSeveralLinkTypes(work);
      }
      SavefileCopy copy = target.open(sources, job);
      interruption.onSignal(sources::stop); // a file must become whole, however slow the disk is
      try (copy;
          StatusLine line = new StatusLine(spec.commandLine().getErr(), Terminal.errorColumns());
          Ticker _ = line.isOnTerminal() ? new Ticker(SECOND_NANOS, _ -> show(line)) : null) {
        if (job.isMerged()) {
          merge(copy, work);
        } else {
          for (SavefileReader each : sources.readers()) {
            append(each, copy, work);
          }
        }
        copy.flush();
      } catch (IOException e) {
        if (isReaderGone(e)) {
          return ExitCode.OK; // it has read enough
        }
        messages.print(String.valueOf(e.getMessage()));
        code = ExitCode.worse(code, ExitCode.SYSTEM);
      }
      written = copy.packetsWritten();
      files = copy.files();
      if (!copy.losses().isEmpty()) {
        messages.print(target.name() + " has no room for: " + String.join(", ", copy.losses()));
      }
      String withheld = Notices.ofWithheld(copy);
      if (withheld != null) {
        messages.print(withheld);
      }
      messages.line(
          "%d packets read, %d written%s"
              .formatted(packets, written, files > 1 ? " to " + files + " files" : ""));
      interruption.done(code);
      return code;
    }
  }

  /// Refuses packets that one pcap file cannot hold, before it is opened. The packets of a stream
  /// can only be known too late.
  private void refuseSeveralLinkTypes(Work work) throws BadArgument, IOException {
    Set<LinkType> described = new LinkedHashSet<>();
    for (SavefileReader each : sources.readers()) {
      each.interfaces().stream().map(SavefileInterface::linkType).forEach(described::add);
    }
    if (described.size() < 2) {
      return;
    }
    Set<LinkType> used = new LinkedHashSet<>();
    long number = 0;
    for (Path file : sources.regularFiles()) {
      try (SavefileReader scout = SavefileReader.open(file)) {
        while (scout.next()) {
          number++;
          if (work.wants(scout, number)) {
            used.add(scout.linkType());
          }
        }
      } catch (MalformedSavefile _) {
        // The pass that copies comes to the same place, and says so.
      }
    }
    if (used.size() > 1) {
      throw new BadArgument(
          "a pcap file holds one link type, and the packets have "
              + used.stream().map(LinkType::toString).collect(Collectors.joining(", "))
              + "; pcapng holds several");
    }
  }

  private static boolean isReaderGone(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  private void merge(SavefileCopy copy, Work work) throws IOException {
    SavefileMerger merger = new SavefileMerger(sources.readers());
    boolean isMoreWanted = true;
    while (isMoreWanted) {
      try {
        SavefileReader at = merger.next();
        if (at == null) {
          return;
        }
        isMoreWanted = step(at, copy, work);
      } catch (MalformedSavefile e) {
        damaged(e); // the other files go on
      }
    }
  }

  private void append(SavefileReader reader, SavefileCopy copy, Work work) throws IOException {
    try {
      boolean isMoreWanted = true;
      while (isMoreWanted && reader.nextBlock()) {
        isMoreWanted = step(reader, copy, work);
      }
    } catch (MalformedSavefile e) {
      damaged(e);
    }
  }

  private boolean step(SavefileReader at, SavefileCopy copy, Work work) throws IOException {
    boolean isMoreWanted = true;
    if (at.isPacket()) {
      long number = packets + 1;
      packets = number;
      position = at.recordOffset();
      isMoreWanted = work.packet(at, number, copy);
    } else {
      work.block(at, copy);
    }
    if (!at.isNextAtHand()) {
      copy.flush();
    }
    return isMoreWanted;
  }

  private void damaged(MalformedSavefile e) {
    messages.print(String.valueOf(e.getMessage()));
    code = ExitCode.BAD_ARGUMENTS;
  }

  private void show(StatusLine line) {
    long all = sources.bytes();
    boolean isKnown = all > 0 && sources.readers().size() == 1;
    line.show(
        "%s packets%s"
            .formatted(
                Figures.si((double) packets),
                isKnown ? ", " + Figures.share(Math.min(1, (double) position / all)) : ""));
  }
}
