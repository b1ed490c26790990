package io.ringtap.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.filter.ebpf.EbpfSource;
import io.ringtap.filter.ebpf.SocketTranslation;

/// A filter for a socket as eBPF (`BPF_PROG_TYPE_SOCKET_FILTER`): the same packets pass as with the
/// program of classic BPF that it is made of, and it may look addresses up in sets, which are data
/// of the program. It takes CAP_BPF and Linux 5.2.
public final class EbpfSocketFilter {
  private EbpfSocketFilter() {}

  /// The program for an expression.
  ///
  /// @param options those of [FilterCompiler#compile]; the view makes no difference
  /// @throws FilterException if `expression` is no filter for these options, or the kernel cannot
  ///   run it
  public static EbpfProgram compile(String expression, FilterOptions options) {
    return of(
        FilterCompiler.compile(
            expression, options.withView(PacketView.SOCKET).withRowsLookedUp(true)));
  }

  /// The program that does what another does.
  ///
  /// @param program for packets as a socket has them
  /// @throws FilterException if it loops, loads what is only known to classic BPF, or has sets that
  ///   take more than 256 MiB
  public static EbpfProgram of(BpfProgram program) {
    EbpfSource source = EbpfSource.of(program);
    String obstacle = SocketTranslation.obstacle(source);
    if (!obstacle.isEmpty()) {
      throw FilterException.of(obstacle);
    }
    return SocketTranslation.translate(source);
  }
}
