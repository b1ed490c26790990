package io.ringtap.cli.filter;

import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.Notices;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.SavefileInterface;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Runs a filter on the packets of a file and shows what it makes of each.
final class FilterTrial {
  /// What the filter did with the packets so far.
  ///
  /// @param instructions executed for all packets together
  record Counts(long packets, long matched, long instructions) {}

  private final PacketFilter filter;
  private final Messages messages;
  private final Set<LinkType> checked = new HashSet<>();
  private long packets;
  private long matched;
  private long instructions;

  /// @param options whatever the link type
  /// @param messages for link types of which no packet can match
  /// @throws FilterException if `expression` is no filter for any packets
  FilterTrial(String expression, FilterOptions options, Messages messages) {
    this.filter = PacketFilter.of(expression, options);
    this.messages = messages;
  }

  /// Shows each packet up to the end of the file, or until it is stopped. What the filter means
  /// nothing for does not match, which is said once for each link type.
  ///
  /// @throws BadArgument if the filter means nothing for any interface at the file's beginning
  /// @throws io.ringtap.savefile.MalformedSavefile where the file is damaged, after all whole
  ///   packets before were shown
  /// @throws IOException if it cannot be read
  void run(SavefileCapture file, TrialView view)
      throws BadArgument, IOException, InterruptedException {
    refuseWithoutMeaning(file);
    file.start(
        new PacketHandler() {
          @Override
          public void onPacket(Frame packet) {
            check(packet.linkType());
            run(packet, file, view);
          }

          @Override
          public void onDrained(long completeUntil) {
            view.flush();
          }
        });
    file.await();
  }

  private void run(Frame packet, SavefileCapture file, TrialView view) {
    boolean matches = filter.matches(packet);
    packets++;
    matched += matches ? 1 : 0;
    instructions += filter.executed();
    String interfaceName = file.reader().interfaceOf(packet.interfaceId()).name();
    view.show(packet, interfaceName, packets, matches, filter.executed());
  }

  Counts counts() {
    return new Counts(packets, matched, instructions);
  }

  private void refuseWithoutMeaning(SavefileCapture file) throws BadArgument {
    String refusal = null;
    for (SavefileInterface one : file.interfaces()) {
      FilterException problem = filter.problem(one.linkType());
      if (problem == null) {
        return;
      }
      refusal = refusal == null ? message(one.linkType(), problem) : refusal;
    }
    if (refusal != null) {
      throw new BadArgument(refusal);
    }
  }

  private void check(LinkType linkType) {
    if (!checked.add(linkType)) {
      return;
    }
    FilterException problem = filter.problem(linkType);
    if (problem != null) {
      messages.print(message(linkType, problem));
    } else if (filter.matchesNothing(linkType)) {
      messages.print("packets of " + linkType + ": " + Notices.MATCHES_NOTHING);
    }
  }

  private static String message(LinkType linkType, FilterException problem) {
    return "packets of " + linkType + ": " + problem.getMessage();
  }
}
