package io.ringtap.system;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.testnet.Link;
import java.io.IOException;

/// An XDP program of someone else on an interface, until this is closed. It passes everything.
public final class ForeignXdp implements AutoCloseable {
  /// As the kernel lists it.
  public static final String NAME = "theirs";

  private static final EbpfProgram PASS =
      new EbpfAssembler().move(EbpfRegister.R0, XdpAction.PASS.number()).exit().assemble();

  private final LoadedProgram program;
  private final XdpLink link;

  private ForeignXdp(LoadedProgram program, XdpLink link) {
    this.program = program;
    this.link = link;
  }

  public static ForeignXdp on(Link link) throws IOException {
    LoadedProgram program = LoadedProgram.load(PASS, ProgramType.XDP, NAME);
    try {
      int index = link.index();
      return new ForeignXdp(program, link.namespace().call(() -> XdpLink.attach(program, index)));
    } catch (IOException | RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /// The number under which the kernel lists the program.
  public int id() throws IOException {
    return program.id();
  }

  /// What a refusal says of it.
  public String refusal() throws IOException {
    return "program " + id() + " (" + NAME + ") in native mode is attached, and stays";
  }

  @Override
  public void close() {
    link.close();
    program.close();
  }
}
