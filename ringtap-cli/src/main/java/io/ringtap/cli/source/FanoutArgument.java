package io.ringtap.cli.source;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.cli.run.BadArgument;
import java.util.List;

/// Reads `--fanout`: a mode, and flags after commas.
final class FanoutArgument {
  private static final String PROGRAM = "cbpf:";

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
    FanoutMode mode =
        switch (word) {
          case "hash" -> FanoutMode.HASH;
          case "lb" -> FanoutMode.LB;
          case "cpu" -> FanoutMode.CPU;
          case "rollover" -> FanoutMode.ROLLOVER;
          case "rnd" -> FanoutMode.RND;
          case "qm" -> FanoutMode.QM;
          default ->
              throw new BadArgument(
                  "--fanout '" + word + "' is not hash, lb, cpu, rollover, rnd, qm or cbpf:FILE");
        };
    return new Fanout(mode, isDefragmenting, isRollingOver, Fanout.UNIQUE, null);
  }
}
