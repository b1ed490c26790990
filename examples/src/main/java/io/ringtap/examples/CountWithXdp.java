package io.ringtap.examples;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.device.NetworkInterfaces;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/// Counts the frames that a filter matches, before the kernel makes packets of them: `CountWithXdp
/// eth0 'udp port 53' 10`, for ten seconds.
public final class CountWithXdp {
  private CountWithXdp() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // @start region="program"
    EbpfAssembler program = new EbpfAssembler().load(WORD, R2, R1, 0).load(WORD, R3, R1, 4);
    XdpFilter.compile(arguments[1], FilterOptions.of(LinkType.ETHERNET)).append(program, "pass");
    program.store(WORD, R10, -4, 0).map(R1, "count").move(R2, R10).apply(Arithmetic.ADD, R2, -4);
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, Comparison.EQUAL, 0, "pass");
    program.move(R1, 1).addAtomically(DOUBLE, R0, 0, R1);
    program.label("pass").move(R0, XdpAction.PASS.number()).exit();
    try (EbpfMap count = EbpfMap.create(MapDefinition.array("count", Long.BYTES, 1));
        LoadedProgram loaded =
            LoadedProgram.load(
                program.assemble(), ProgramType.XDP, "count", Map.of("count", count));
        XdpLink _ =
            XdpLink.attach(loaded, NetworkInterfaces.byName(arguments[0]).orElseThrow().index())) {
      Thread.sleep(1000L * Integer.parseInt(arguments[2]));
      count.forEach((_, frames) -> IO.println(frames.get(ValueLayout.JAVA_LONG, 0) + " frames"));
    }
    // @end
  }
}
