package io.ringtap.cli.filter;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterException;
import io.ringtap.filter.FilterOptions;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Runs a filter on the packets of a file. It is compiled for each link type that the file has.
final class FilterTrial {
  private static final BpfProgram NOTHING = new BpfAssembler().ret(0).assemble();

  /// Says that the filter is none for packets of the file.
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(LinkType linkType, FilterException reason) {
      super(told(linkType, reason));
    }
  }

  private final String expression;
  private final FilterOptions options;
  private final Consumer<String> notices;
  private final Map<LinkType, BpfInterpreter> interpreters = new HashMap<>();
  // A program for savefiles asks for nothing but octets.
  private final Ancillary ancillary = new Ancillary(0, 0, 0);
  private volatile boolean isStopped;
  private long packets;
  private long matched;
  private long instructions;

  /// @param options whatever the link type
  /// @param notices told of link types of which no packet can match
  FilterTrial(String expression, FilterOptions options, Consumer<String> notices) {
    this.expression = expression;
    this.options = options;
    this.notices = notices;
  }

  /// Shows each packet to the end of the file.
  ///
  /// @param isEachFlushed whether a packet may be the last for long
  /// @throws Unfit if the filter is none for a link type of the file
  void run(SavefileReader reader, TrialView view, boolean isEachFlushed) throws IOException, Unfit {
    prepareAll(reader);
    while (!isStopped && reader.next()) {
      BpfInterpreter interpreter = prepare(reader.interfaceOf(reader.interfaceId()).linkType());
      boolean matches =
          interpreter.run(
                  reader.memory(), reader.offset(), reader.caplen(), reader.origlen(), ancillary)
              != 0;
      packets++;
      matched += matches ? 1 : 0;
      instructions += interpreter.executed();
      view.show(reader, packets, matches, interpreter.executed());
      if (isEachFlushed) {
        view.flush();
      }
    }
    prepareAll(reader);
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

  /// Compiles for what the file has told so far, so that a filter is judged before packets are.
  private void prepareAll(SavefileReader reader) throws Unfit {
    for (SavefileInterface one : reader.interfaces()) {
      prepare(one.linkType());
    }
  }

  private BpfInterpreter prepare(LinkType linkType) throws Unfit {
    BpfInterpreter interpreter = interpreters.get(linkType);
    if (interpreter == null) {
      interpreter = new BpfInterpreter(compile(linkType));
      interpreters.put(linkType, interpreter);
    }
    return interpreter;
  }

  private BpfProgram compile(LinkType linkType) throws Unfit {
    try {
      return FilterCompiler.compile(expression, options.withLinkType(linkType)).program();
    } catch (FilterException e) {
      if (!e.rejectsAll()) {
        throw new Unfit(linkType, e);
      }
      // The file may have packets of other link types.
      notices.accept(told(linkType, e));
      return NOTHING;
    }
  }

  private static String told(LinkType linkType, FilterException reason) {
    return "packets of " + linkType + ": " + reason.getMessage();
  }
}
