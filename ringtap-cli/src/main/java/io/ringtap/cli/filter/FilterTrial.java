package io.ringtap.cli.filter;

import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketFilter;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Runs a filter on the packets of a file.
final class FilterTrial {
  /// Says that the filter is none for packets of the file.
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(LinkType linkType, FilterException reason) {
      super(told(linkType, reason));
    }
  }

  private final PacketFilter filter;
  private final Consumer<String> notices;
  private final Set<LinkType> judged = new HashSet<>();
  private volatile boolean isStopped;
  private long packets;
  private long matched;
  private long instructions;

  /// @param options whatever the link type
  /// @param notices told of link types of which no packet can match
  /// @throws FilterException if `expression` is no filter for any packets
  FilterTrial(String expression, FilterOptions options, Consumer<String> notices) {
    this.filter = PacketFilter.of(expression, options);
    this.notices = notices;
  }

  /// Shows each packet to the end of the file.
  ///
  /// @param isEachFlushed whether a packet may be the last for long
  /// @throws Unfit if the filter is none for a link type of the file
  void run(SavefileReader reader, TrialView view, boolean isEachFlushed) throws IOException, Unfit {
    judgeAll(reader);
    while (!isStopped && reader.next()) {
      judge(reader.linkType());
      boolean matches = filter.matches(reader);
      packets++;
      matched += matches ? 1 : 0;
      instructions += filter.executed();
      view.show(reader, packets, matches, filter.executed());
      if (isEachFlushed) {
        view.flush();
      }
    }
    judgeAll(reader);
  }

  /// Ends the run before the next packet. Any thread may call this.
  void stop() {
    isStopped = true;
  }

  boolean isStopped() {
    return isStopped;
  }

  TrialCounts counts() {
    return new TrialCounts(packets, matched, instructions);
  }

  /// Judges the filter by what the file has told so far, before packets are.
  private void judgeAll(SavefileReader reader) throws Unfit {
    for (SavefileInterface one : reader.interfaces()) {
      judge(one.linkType());
    }
  }

  private void judge(LinkType linkType) throws Unfit {
    FilterException problem = judged.add(linkType) ? filter.problem(linkType) : null;
    if (problem == null) {
      return;
    }
    if (!problem.rejectsAll()) {
      throw new Unfit(linkType, problem);
    }
    // The file may have packets of other link types.
    notices.accept(told(linkType, problem));
  }

  private static String told(LinkType linkType, FilterException reason) {
    return "packets of " + linkType + ": " + reason.getMessage();
  }
}
