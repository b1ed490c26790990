package io.ringtap.lab.experiment;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.AttachedXdp;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.testnet.Link;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Has a `veth` interface take what is sent to it as a card's driver does, so that a load over the
/// cable costs all alike: it does so as long as it has an XDP program. If one is attached already,
/// it needs no other.
public final class DriverProgram implements AutoCloseable {
  private static final EbpfProgram PASS =
      new EbpfAssembler().move(EbpfRegister.R0, XdpAction.PASS.number()).exit().assemble();

  private final @Nullable XdpLink link;

  private DriverProgram(@Nullable XdpLink link) {
    this.link = link;
  }

  /// Has the interface take what is sent to it.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public static DriverProgram on(Link link) throws IOException {
    int index = link.index();
    return link.namespace()
        .call(() -> {
          if (!AttachedXdp.of(index).isEmpty()) {
            return new DriverProgram(null);
          }
          try (LoadedProgram pass =
              LoadedProgram.load(PASS, ProgramType.XDP_FRAGMENTS, "ringtap_lab")) {
            return new DriverProgram(XdpLink.attach(pass, index, XdpMode.NATIVE));
          }
        });
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
    }
  }
}
