package io.ringtap.ebpf.kernel;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfLinkAttr;
import io.ringtap.linux.abi.bpf.BpfLinkUpdate;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An XDP program at work on an interface, until this is closed or the process ends, however it
/// ends. A program that another process attached is never replaced or removed.
public final class XdpLink implements AutoCloseable {
  private static final String OPERATION = "bpf(BPF_LINK_CREATE)";

  private final int interfaceIndex;
  private final XdpMode mode;
  private final @Nullable LinuxException nativeRefusal;
  private final FileDescriptor descriptor;

  private XdpLink(
      int interfaceIndex,
      XdpMode mode,
      @Nullable LinuxException nativeRefusal,
      FileDescriptor descriptor) {
    this.interfaceIndex = interfaceIndex;
    this.mode = mode;
    this.nativeRefusal = nativeRefusal;
    this.descriptor = descriptor;
  }

  /// Attaches a program in native mode, or in generic mode if the driver has no native mode for
  /// this interface; then [#nativeRefusal] says why.
  ///
  /// @param interfaceIndex of an interface in the calling thread's network namespace
  /// @throws LinuxException if the kernel refuses: `EBUSY` or `EEXIST` if the interface has a
  ///   program, which the message names; `EINVAL` if there is no such interface, or before Linux
  ///   5.9
  public static XdpLink attach(LoadedProgram program, int interfaceIndex) throws LinuxException {
    try {
      return attach(program, interfaceIndex, XdpMode.NATIVE);
    } catch (LinuxException e) {
      Errno errno = e.errno();
      if (isTaken(errno) || errno.equals(Errno.EPERM) || errno.equals(Errno.EMFILE)) {
        throw e;
      }
      XdpLink link = attach(program, interfaceIndex, XdpMode.GENERIC);
      return new XdpLink(interfaceIndex, XdpMode.GENERIC, e, link.descriptor);
    }
  }

  /// As [#attach(LoadedProgram, int)]; exceptions name the interface.
  ///
  /// @param interfaceName its name, for exceptions
  /// @throws LinuxException as [#attach(LoadedProgram, int)]
  public static XdpLink attach(LoadedProgram program, int interfaceIndex, String interfaceName)
      throws LinuxException {
    try {
      return attach(program, interfaceIndex);
    } catch (LinuxException e) {
      throw new LinuxException(e.operation(), "XDP on " + interfaceName, e.errno(), e.remedy());
    }
  }

  /// Attaches a program in one mode and no other.
  ///
  /// @param interfaceIndex of an interface in the calling thread's network namespace
  /// @throws LinuxException if the kernel refuses
  public static XdpLink attach(LoadedProgram program, int interfaceIndex, XdpMode mode)
      throws LinuxException {
    String subject = "XDP in " + mode + " on interface " + interfaceIndex;
    int result;
    try (Arena arena = Arena.ofConfined()) {
      result =
          BpfCall.run(
              Bpf.BPF_LINK_CREATE,
              BpfLinkAttr.createXdp(arena, program.number(), interfaceIndex, mode.flags));
    }
    if (result < 0 && isTaken(Errno.of(result))) {
      throw new LinuxException(OPERATION, subject, Errno.of(result), present(interfaceIndex));
    }
    String remedy = Errno.EPERM.is(result) ? BpfCall.REMEDY : "";
    return new XdpLink(
        interfaceIndex,
        mode,
        null,
        new FileDescriptor(LinuxException.check(result, OPERATION, subject, remedy)));
  }

  private static boolean isTaken(Errno errno) {
    return errno.equals(Errno.EBUSY) || errno.equals(Errno.EEXIST);
  }

  /// What is attached already, in words.
  private static String present(int interfaceIndex) throws LinuxException {
    List<AttachedXdp> present = AttachedXdp.of(interfaceIndex);
    return present.isEmpty()
        ? "another program is attached"
        : present.stream().map(AttachedXdp::toString).collect(Collectors.joining(" and "))
            + " is attached, and stays";
  }

  /// The interface's index.
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /// Where the program runs.
  public XdpMode mode() {
    return mode;
  }

  /// Why the program does not run in native mode; null if it does, or was not asked to.
  public @Nullable LinuxException nativeRefusal() {
    return nativeRefusal;
  }

  /// Replaces the program by another, without a gap: each frame is seen by one of them.
  ///
  /// @throws LinuxException if the kernel refuses
  public void replace(LoadedProgram program) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          BpfCall.check(
              Bpf.BPF_LINK_UPDATE,
              BpfLinkUpdate.allocate(arena, descriptor.number(), program.number()),
              "bpf(BPF_LINK_UPDATE)",
              "XDP on interface " + interfaceIndex);
    }
  }

  /// Detaches the program.
  @Override
  public void close() {
    descriptor.close();
  }
}
