package io.ringtap.system.filter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// Compares for as long as it is told to, and prints what disagrees, made short, instead of
/// stopping at it.
///
/// Arguments: seconds (60), a seed (1), `tcpdump` to put libpcap's optimizer into the place of the
/// judged compiler.
final class AgreementLong {
  private static final int PRINTED_OF_A_KIND = 40;

  private AgreementLong() {}

  public static void main(String[] arguments) throws Exception {
    long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 60;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    boolean itself = arguments.length > 2 && arguments[2].equals("tcpdump");
    Path directory = Files.createTempDirectory("agreement");
    TcpdumpCompiler tcpdump = new TcpdumpCompiler(directory);
    Map<Disagreement.Kind, Integer> found = new EnumMap<>(Disagreement.Kind.class);
    try (KernelSocket kernel = new KernelSocket()) {
      Agreement agreement =
          new Agreement(tcpdump, itself ? tcpdump : new RingtapCompiler(), kernel);
      AgreementRun run = new AgreementRun(agreement, tcpdump);
      run.run(
          seed,
          seconds * 1000,
          (trial, disagreement) -> {
            if (found.merge(disagreement.kind(), 1, Integer::sum) <= PRINTED_OF_A_KIND) {
              System.out.println("seed " + trial + ": " + disagreement.expression());
              System.out.println(run.reduce(trial, disagreement) + "\n");
            }
          });
      System.out.println(agreement.counts());
      System.out.println("known differences: " + agreement.differences());
      System.out.println("disagreements: " + found);
    } finally {
      try (var files = Files.list(directory)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }
}
