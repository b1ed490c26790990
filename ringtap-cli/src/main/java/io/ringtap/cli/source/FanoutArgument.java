package io.ringtap.cli.source;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.cli.run.BadArgument;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads `--fanout`: a mode, and flags after commas.
final class FanoutArgument {
  private static final String PROGRAM = "cbpf:";

  /// The modes that need no program.
  private static final SequencedMap<String, FanoutMode> MODES = new LinkedHashMap<>();

  static {
    MODES.put("hash", FanoutMode.HASH);
    MODES.put("lb", FanoutMode.LB);
    MODES.put("cpu", FanoutMode.CPU);
    MODES.put("rollover", FanoutMode.ROLLOVER);
    MODES.put("rnd", FanoutMode.RND);
    MODES.put("qm", FanoutMode.QM);
  }

  /// The modes that can be completed.
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MODES.sequencedKeySet().iterator();
    }
  }

  private FanoutArgument() {}

  static Fanout parse(String text) throws BadArgument {
    boolean isDefragmenting = false;
    boolean isRollingOver = false;
    List<String> words = List.of(text.split(",", -1));
    for (String flag : words.subList(1, words.size())) {
      switch (flag) {
        case "defrag" -> isDefragmenting = true;
        case "rollover" -> isRollingOver = true;
        default -> throw new BadArgument("--fanout flag '" + flag + "' is not defrag or rollover");
      }
    }
    String word = words.getFirst();
    if (word.startsWith(PROGRAM)) {
      BpfProgram steering = Programs.read(word.substring(PROGRAM.length()));
      if (steering.loops()) {
        throw new BadArgument("--fanout '" + word + "' jumps back: it cannot run in the kernel");
      }
      return new Fanout(FanoutMode.CBPF, isDefragmenting, isRollingOver, Fanout.UNIQUE, steering);
    }
    FanoutMode mode = MODES.get(word);
    if (mode == null) {
      throw new BadArgument(
          "--fanout '%s' is not %s or cbpf:FILE"
              .formatted(word, String.join(", ", MODES.keySet())));
    }
    return new Fanout(mode, isDefragmenting, isRollingOver, Fanout.UNIQUE, null);
  }
}
