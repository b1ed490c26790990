package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.CookedProgram;
import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.Link;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.FilterCompiler;
import io.ringtap.filter.FilterOptions;
import io.ringtap.filter.PacketView;
import io.ringtap.filter.XdpFilter;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the filters for the sockets on one interface.
///
/// @param interfaceToCapture the interface that the sockets are bound to
/// @param loopback the index of a loopback interface whose packets would be shown twice; 0 without
///   one
/// @param netmask of the interface's first IPv4 network, in host order; empty without one
record InterfaceFilters(CaptureInterface interfaceToCapture, int loopback, OptionalInt netmask) {

  /// Finds the interfaces that the options name, in that order.
  ///
  /// @throws IOException a [io.ringtap.error.LinuxException] if there is no such interface
  ///   (`ENODEV`)
  static List<InterfaceFilters> find(CaptureOptions options, RtnetlinkSocket rtnetlink)
      throws IOException {
    List<Link> all = rtnetlink.links();
    int loopback = all.stream().filter(Link::isLoopback).map(Link::index).findFirst().orElse(0);
    List<InterfaceAddress> addresses = rtnetlink.addresses();
    List<InterfaceFilters> found = new ArrayList<>();
    for (String name : options.interfaces()) {
      CaptureInterface one = find(name, all);
      boolean showsTwice = one.index() == 0 || one.index() == loopback;
      found.add(
          new InterfaceFilters(one, showsTwice ? loopback : 0, netmaskOf(one.index(), addresses)));
    }
    return found;
  }

  private static CaptureInterface find(String name, List<Link> all) throws LinuxException {
    if (name.equals(CaptureOptions.ANY)) {
      return new CaptureInterface(name, 0, LinkType.LINUX_SLL2, true);
    }
    for (Link link : all) {
      if (link.name().equals(name)) {
        return new CaptureInterface(name, link.index(), link.linkType(), link.isUp());
      }
    }
    String known = all.stream().map(Link::name).collect(Collectors.joining(", "));
    throw new LinuxException("capture", name, Errno.ENODEV, "there are: " + known + ", any");
  }

  /// The netmask of the first IPv4 network of an interface; empty if it has none, or for all
  /// interfaces together (0).
  static OptionalInt netmaskOf(int index, List<InterfaceAddress> addresses) {
    return addresses.stream()
        .filter(one -> one.index() == index && one.address() instanceof Inet4Address)
        .mapToInt(one -> mask(one.prefixLength()))
        .findFirst();
  }

  private static int mask(int prefixLength) {
    return prefixLength == 0 ? 0 : -1 << (Integer.SIZE - prefixLength);
  }

  /// A filter for the packets of this interface.
  ///
  /// @param program the filter
  /// @param onSocket the same filter for packets as a socket has them; null if the kernel cannot
  ///   run it, and `program` is for packets to which removed headers have been restored
  /// @param restored the filter for such packets, if the kernel cannot run it on those with a VLAN
  ///   tag in the frame, and they may match
  /// @param classic does what `onSocket` does without looking anything up; null if there is no such
  ///   program, or `onSocket` looks nothing up either
  private record Programs(
      BpfProgram program,
      @Nullable BpfProgram onSocket,
      @Nullable BpfProgram restored,
      @Nullable BpfProgram classic) {
    static Programs of(BpfProgram program) {
      return new Programs(program, program, null, null);
    }

    /// These, with a program from others that looks nothing up.
    Programs orClassic(Programs others) {
      boolean isClassic = others.onSocket != null && !others.onSocket.looksUp();
      return new Programs(
          isClassic ? others.program : program,
          onSocket,
          restored,
          isClassic ? others.onSocket : null);
    }
  }

  /// The filter for sockets.
  ///
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for this interface
  SocketFilter make(@Nullable CaptureFilter filter, Traffic traffic, int snaplen) {
    BpfProgram coarse = KernelFilter.of(null, traffic, loopback, snaplen);
    Programs programs = programs(filter, snaplen);
    if (programs == null) {
      return new SocketFilter(coarse, null, coarse, null, false);
    }
    if (programs.program.matchesNothing()) {
      return SocketFilter.ofNothing();
    }
    BpfProgram onSocket = programs.onSocket;
    if (onSocket == null) {
      return new SocketFilter(coarse, programs.program, coarse, null, false);
    }
    boolean hasRestored = programs.restored != null;
    BpfProgram classic = programs.classic;
    return new SocketFilter(
        onSocket(onSocket, traffic, snaplen, hasRestored),
        programs.restored,
        coarse,
        classic == null ? null : onSocket(classic, traffic, snaplen, hasRestored),
        hasRestored);
  }

  private @Nullable BpfProgram onSocket(
      BpfProgram program, Traffic traffic, int snaplen, boolean passesTagged) {
    return passesTagged
        ? KernelFilter.withTagged(program, traffic, loopback, snaplen)
        : KernelFilter.of(program, traffic, loopback, snaplen);
  }

  /// The program of the options' filter for this interface, without the check of the direction;
  /// null passes all.
  ///
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for this interface
  @Nullable BpfProgram program(CaptureOptions options) {
    if (options.mode() != CaptureMode.XDP) {
      return program(options.filter(), options.snaplen());
    }
    XdpFilter filter = forXdp(options.filter(), options.snaplen());
    return filter == null ? null : filter.classic();
  }

  /// The filter for packets of this interface, without the check of their direction; null passes
  /// all. On a cooked socket a compiled filter counts offsets from the pseudo-header. If the kernel
  /// cannot run it, it is for packets to which removed headers have been restored.
  ///
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for this interface
  @Nullable BpfProgram program(@Nullable CaptureFilter filter, int snaplen) {
    Programs programs = programs(filter, snaplen);
    return programs == null ? null : programs.program;
  }

  /// The filter for frames of this interface as XDP sees them; null passes all.
  ///
  /// @throws io.ringtap.filter.FilterException if an expression does not compile for this
  ///   interface, or asks for what XDP does not know
  @Nullable XdpFilter forXdp(@Nullable CaptureFilter filter, int snaplen) {
    return switch (filter) {
      case null -> null;
      case CaptureFilter.Program(BpfProgram ready) -> XdpFilter.of(ready);
      case CaptureFilter.Expression expression ->
          expression.text().isBlank()
              ? null
              : XdpFilter.compile(expression.text(), options(expression, snaplen));
    };
  }

  private @Nullable Programs programs(@Nullable CaptureFilter filter, int snaplen) {
    return switch (filter) {
      case null -> null;
      case CaptureFilter.Program(BpfProgram ready) -> Programs.of(ready);
      case CaptureFilter.Expression expression ->
          expression.text().isBlank()
              ? null
              : compiled(expression.text(), options(expression, snaplen));
    };
  }

  /// A long row of addresses is looked up as a set is, if the kernel takes eBPF.
  private Programs compiled(String text, FilterOptions options) {
    Programs programs = compiledFor(text, options.withRowsLookedUp(true));
    return programs.onSocket != null && programs.onSocket.looksUp()
        ? programs.orClassic(compiledFor(text, options))
        : programs;
  }

  private Programs compiledFor(String text, FilterOptions options) {
    if (!interfaceToCapture.linkType().equals(LinkType.LINUX_SLL2)) {
      return Programs.of(FilterCompiler.compile(text, options));
    }
    FilterOptions restored = options.withView(PacketView.SAVEFILE);
    try {
      BpfProgram program = FilterCompiler.compile(text, options);
      return new Programs(
          program,
          CookedProgram.forKernel(program, LinkType.LINUX_SLL2),
          FilterCompiler.canMatchTagged(text, restored)
              ? FilterCompiler.compile(text, restored)
              : null,
          null);
    } catch (IllegalArgumentException e) {
      // It loops, or loads what the kernel does not report, or does not compile at all.
      return new Programs(FilterCompiler.compile(text, restored), null, null, null);
    }
  }

  private FilterOptions options(CaptureFilter.Expression expression, int snaplen) {
    LinkType linkType = interfaceToCapture.linkType();
    FilterOptions options =
        FilterOptions.of(linkType)
            .withView(PacketView.SOCKET)
            .withSnaplen(snaplen)
            .withAnyVlan(expression.anyVlan())
            .withOptimize(expression.optimize());
    return netmask.isPresent() ? options.withNetmask(netmask.getAsInt()) : options;
  }
}
