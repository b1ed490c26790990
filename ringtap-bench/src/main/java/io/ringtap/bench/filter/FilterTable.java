package io.ringtap.bench.filter;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterOptions;
import io.ringtap.packet.Frame;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Compares the programs of the listed filters with those of the installed libpcap: for each filter
/// it prints the number of instructions of both, and how many are executed on one packet of each
/// everyday kind. Needs `--enable-native-access=ALL-UNNAMED`.
public final class FilterTable {
  private static final Ancillary NOTHING_BESIDE = new Ancillary(0, 0, 0);
  private static final String ROW = "%9s %9s %9s %9s  %s%n";

  private FilterTable() {}

  public static void main(String[] arguments) throws IOException {
    int[] sums = new int[4];
    System.out.printf(ROW, "length", "libpcap's", "executed", "libpcap's", "filter");
    try (Libpcap libpcap = new Libpcap(Frame.MAX_SNAPLEN)) {
      for (ListedFilter filter : ListedFilter.all()) {
        FilterOptions options = FilterOptions.of(filter.linkType()).withNetmask(0);
        BpfProgram ours = FilterCompiler.compile(filter.expression(), options);
        BpfProgram theirs = libpcap.program(filter.expression(), filter.linkType());
        List<MemorySegment> packets = EverydayPackets.of(filter.linkType());
        int[] row = {
          ours.instructions().size(),
          theirs.instructions().size(),
          executed(ours, packets),
          executed(theirs, packets)
        };
        for (int i = 0; i < row.length; i++) {
          sums[i] += row[i];
        }
        print(row, filter.linkType().word() + " " + filter.expression());
      }
    }
    print(sums, "all");
  }

  private static void print(int[] row, String label) {
    System.out.printf(ROW, row[0], row[1], row[2], row[3], label);
  }

  private static int executed(BpfProgram program, List<MemorySegment> packets) {
    BpfInterpreter interpreter = new BpfInterpreter(program);
    int executed = 0;
    for (MemorySegment packet : packets) {
      int length = (int) packet.byteSize();
      interpreter.run(packet, 0, length, length, NOTHING_BESIDE);
      executed += interpreter.executed();
    }
    return executed;
  }
}
