package io.ringtap.system.ebpf;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.kernel.AttachedXdp;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// XDP programs on interfaces: in which mode, beside which others, and how long.
@RequiresRoot
class XdpLinkTest {
  private static final EbpfProgram PASS = new EbpfAssembler().move(R0, 2).exit().assemble();

  private NetworkNamespace near;
  private NetworkNamespace far;
  private Link link;

  /// A process that holds a program on an interface and does not let go.
  static final class Holder {
    private Holder() {}

    /// Attaches a program to the interface whose index is the argument, and waits.
    ///
    /// @param arguments the index
    public static void main(String[] arguments) throws Exception {
      LoadedProgram program = LoadedProgram.load(PASS, ProgramType.XDP, "held");
      XdpLink link = XdpLink.attach(program, Integer.parseInt(arguments[0]));
      System.out.println("attached in " + link.mode());
      int _ = System.in.read();
      link.close();
    }
  }

  @BeforeEach
  void makeLink() throws Exception {
    near = NetworkNamespace.create("xdp-near");
    far = NetworkNamespace.create("xdp-far");
    link = VethPair.create(near, "xdp0", far, "xdp1").a();
  }

  @AfterEach
  void remove() {
    near.close();
    far.close();
  }

  private static LoadedProgram pass(String name) throws LinuxException {
    return LoadedProgram.load(PASS, ProgramType.XDP, name);
  }

  private List<AttachedXdp> attached(int index) throws LinuxException {
    return near.call(() -> AttachedXdp.of(index));
  }

  @Test
  @SuppressWarnings("try") // closing twice is part of it
  void attachesInTheDriverAndLeavesNothing() throws Exception {
    int index = link.index();
    try (LoadedProgram program = pass("first");
        LoadedProgram other = pass("second")) {
      try (XdpLink attached = near.call(() -> XdpLink.attach(program, index))) {
        assertThat(attached.mode()).isEqualTo(XdpMode.NATIVE);
        assertThat(attached.nativeRefusal()).isNull();
        assertThat(attached(index))
            .containsExactly(new AttachedXdp("native mode", program.id(), "first"));

        attached.replace(other);

        assertThat(attached(index))
            .containsExactly(new AttachedXdp("native mode", other.id(), "second"));
        attached.close(); // and once more at the end
        assertThat(attached(index)).isEmpty();
      }
    }
  }

  /// The loopback's driver has no XDP.
  @Test
  void fallsBackToGenericModeAndSaysWhy() throws Exception {
    int loopback = near.link("lo").index();
    try (LoadedProgram program = pass("falls_back");
        XdpLink attached = near.call(() -> XdpLink.attach(program, loopback))) {
      assertThat(attached.mode()).isEqualTo(XdpMode.GENERIC);
      assertThat(attached.nativeRefusal()).hasMessageContaining("EOPNOTSUPP");
      assertThat(attached(loopback))
          .containsExactly(new AttachedXdp("generic mode", program.id(), "falls_back"));
    }
  }

  @Test
  void refusesWhereAnotherProgramIsAndNamesIt() throws Exception {
    int index = link.index();
    try (LoadedProgram theirs = pass("theirs");
        LoadedProgram ours = pass("ours");
        XdpLink _ = near.call(() -> XdpLink.attach(theirs, index, XdpMode.GENERIC))) {
      String named = "program " + theirs.id() + " (theirs) in generic mode is attached, and stays";

      for (XdpMode mode : XdpMode.values()) {
        assertThatThrownBy(() -> near.call(() -> XdpLink.attach(ours, index, mode)).close())
            .isInstanceOf(LinuxException.class)
            .hasMessageStartingWith("bpf(BPF_LINK_CREATE) for XDP in " + mode)
            .hasMessageEndingWith(named);
      }
      assertThatThrownBy(() -> near.call(() -> XdpLink.attach(ours, index)).close())
          .hasMessageEndingWith(named);
      assertThat(attached(index)).hasSize(1);
    }
  }

  @Test
  void leavesNothingOpenWhereThereIsNoInterface() throws Exception {
    OpenDescriptors.assertNoneLeft(() -> {
      try (LoadedProgram program = pass("nowhere")) {
        assertThatThrownBy(() -> near.call(() -> XdpLink.attach(program, 4711)).close())
            .isInstanceOf(LinuxException.class)
            .hasMessageContaining("interface 4711");
      }
      assertThatThrownBy(() -> attached(4711))
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    });
  }

  @Test
  void endsWithItsProcessHoweverThatEnds() throws Exception {
    int index = link.index();
    Process holder =
        near.start(
            System.getProperty("java.home") + "/bin/java",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            String.valueOf(index));
    try (BufferedReader lines = holder.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("attached in native mode");
      assertThat(attached(index)).singleElement().extracting(AttachedXdp::name).isEqualTo("held");
    } finally {
      holder.destroyForcibly(); // SIGKILL
    }
    holder.waitFor();

    Eventually.await("the program is gone", () -> attached(index).isEmpty());
  }
}
