package io.ringtap;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ringtap.packet.Checksum;
import io.ringtap.testing.PackageArrows;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Checks the dependencies between the packages against those in DESIGN.md.
class ArchitectureTest {
  private static final String LINUX = "io.ringtap.linux";

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .importUrl(Checksum.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void keepsTheArrowsBetweenThePackages() {
    List<String> violations =
        PackageArrows.in(Checksum.class)
            .allow("jdk.jfr..", "javax.crypto..")
            .draw("error")
            .draw("linux.abi")
            .draw("linux.abi.bpf", "linux.abi")
            .draw("linux.abi.ethtool", "linux.abi")
            .draw("linux.abi.netlink", "linux.abi")
            .draw("linux.abi.packet", "linux.abi")
            .draw("linux.abi.perf", "linux.abi")
            .draw("linux.abi.socket", "linux.abi")
            .draw("linux.abi.xdp", "linux.abi")
            .draw("linux", "error", "linux.abi", "linux.abi.bpf", "linux.abi.netlink")
            .draw("packet")
            .draw("bpf", "linux.abi.bpf", "packet")
            .draw("ebpf")
            .draw(
                "ebpf.kernel",
                "ebpf",
                "error",
                "linux",
                "linux.abi",
                "linux.abi.bpf",
                "linux.abi.netlink")
            .draw(
                "filter",
                "bpf",
                "ebpf",
                "filter.condition",
                "filter.ebpf",
                "filter.explanation",
                "filter.graph",
                "filter.lowering",
                "filter.name",
                "filter.syntax",
                "packet")
            .draw("filter.ebpf", "bpf", "ebpf", "linux.abi.bpf")
            .draw("filter.condition", "bpf")
            .draw("filter.explanation", "filter.syntax", "packet")
            .draw("filter.graph", "bpf", "filter.condition")
            .draw(
                "filter.lowering",
                "bpf",
                "filter.condition",
                "filter.name",
                "filter.syntax",
                "packet")
            .draw("filter.name")
            .draw("filter.syntax", "packet")
            .draw("savefile", "packet", "savefile.block", "savefile.file")
            .draw("savefile.block")
            .draw("savefile.file")
            .draw(
                "device",
                "error",
                "linux",
                "linux.abi",
                "linux.abi.ethtool",
                "linux.abi.netlink",
                "packet")
            .draw(
                "socket",
                "bpf",
                "ebpf.kernel",
                "error",
                "linux",
                "linux.abi",
                "linux.abi.bpf",
                "linux.abi.ethtool",
                "linux.abi.packet",
                "linux.abi.socket",
                "packet")
            .draw("socket.xdp", "error", "linux", "linux.abi.xdp")
            .draw(
                "capture.xdp",
                "bpf",
                "ebpf",
                "ebpf.kernel",
                "error",
                "filter",
                "linux",
                "linux.abi.bpf",
                "packet",
                "socket",
                "socket.xdp")
            .draw(
                "capture",
                "bpf",
                "capture.xdp",
                "device",
                "ebpf.kernel",
                "error",
                "filter",
                "linux",
                "linux.abi",
                "linux.abi.packet",
                "packet",
                "savefile",
                "socket")
            .draw(
                "print",
                "packet",
                "print.application",
                "print.line",
                "print.link",
                "print.network",
                "print.osi",
                "print.routing",
                "print.rsvp",
                "print.security",
                "print.switching",
                "print.transport",
                "print.wireless")
            .draw("print.application", "packet", "print.line")
            .draw("print.line", "packet")
            .draw("print.link", "packet", "print.line")
            .draw("print.network", "packet", "print.line")
            .draw("print.osi", "packet", "print.line")
            .draw("print.routing", "packet", "print.line")
            .draw("print.rsvp", "packet", "print.line")
            .draw("print.security", "packet", "print.line")
            .draw("print.switching", "print.line")
            .draw("print.transport", "packet", "print.line")
            .draw("print.wireless", "print.line", "print.link")
            .draw("send", "device", "error", "packet", "savefile", "socket")
            .draw("record", "capture", "error", "linux", "linux.abi", "packet", "savefile")
            .draw(
                "sweep",
                "bpf",
                "device",
                "error",
                "linux",
                "linux.abi",
                "linux.abi.socket",
                "packet",
                "ping",
                "ping.engine.probe",
                "send",
                "socket",
                "socket.xdp",
                "timing")
            .draw("sweep.space", "packet", "sweep")
            .draw(
                "top",
                "capture",
                "device",
                "ebpf",
                "ebpf.kernel",
                "error",
                "filter",
                "linux",
                "linux.abi.bpf",
                "packet")
            .draw(
                "ping", "error", "packet", "ping.engine", "ping.engine.probe", "ping.engine.socket")
            .draw(
                "ping.shield",
                "device",
                "ebpf",
                "ebpf.kernel",
                "error",
                "linux",
                "linux.abi.bpf",
                "linux.abi.packet",
                "packet")
            .draw(
                "ping.engine",
                "error",
                "linux",
                "linux.abi",
                "ping.engine.probe",
                "ping.engine.socket",
                "socket",
                "timing")
            .draw(
                "ping.engine.socket",
                "bpf",
                "error",
                "linux",
                "linux.abi.socket",
                "packet",
                "ping.engine.probe",
                "socket")
            .draw("ping.engine.probe", "linux", "packet", "timing")
            .draw("target", "packet")
            .draw("timing")
            .draw("trace", "error", "linux", "packet", "ping", "socket", "timing", "trace.engine")
            .draw("trace.engine", "bpf", "error", "linux", "linux.abi.socket", "packet", "socket")
            .violations();

    assertThat(violations).isEmpty();
  }

  @Test
  void callsNativeCodeFromTheLinuxPackageAlone() {
    assertThat(
            noClasses()
                .that()
                .resideOutsideOfPackage(LINUX)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class)
                .evaluate(SHIPPED)
                .getFailureReport()
                .getDetails())
        .isEmpty();
    assertThat(
            noClasses()
                .that()
                .resideOutsideOfPackage(LINUX)
                .should()
                .callMethodWhere(isRestricted())
                .evaluate(SHIPPED)
                .getFailureReport()
                .getDetails())
        .isEmpty();
  }

  /// Methods that need `--enable-native-access`, in addition to those of [Linker] and
  /// [SymbolLookup].
  private static DescribedPredicate<JavaCall<?>> isRestricted() {
    return method(MemorySegment.class, "reinterpret")
        .or(method(AddressLayout.class, "withTargetLayout"))
        .or(method(ModuleLayer.Controller.class, "enableNativeAccess"))
        .or(method(System.class, "load|loadLibrary"))
        .or(method(Runtime.class, "load|loadLibrary"))
        .as("restricted methods");
  }

  private static DescribedPredicate<JavaCall<?>> method(Class<?> owner, String name) {
    return target(owner(assignableTo(owner))).and(target(nameMatching(name)));
  }
}
