package io.ringtap.ebpf.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.NetlinkRequest;
import io.ringtap.linux.NetlinkSocket;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfAttr;
import io.ringtap.linux.abi.bpf.BpfProgInfo;
import io.ringtap.linux.abi.netlink.IfLink;
import io.ringtap.linux.abi.netlink.Ifinfomsg;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtattr;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// An XDP program that runs on an interface, of this or another process.
///
/// @param where `native mode`, `generic mode` or `the network card`
/// @param id the number under which the kernel lists the program
/// @param name the name that its loader gave it; empty if none, or if it cannot be asked for
public record AttachedXdp(String where, int id, String name) {
  /// The programs of an interface in the calling thread's network namespace.
  ///
  /// @throws LinuxException if the kernel refuses: `ENODEV` if there is no such interface
  public static List<AttachedXdp> of(int interfaceIndex) throws LinuxException {
    String subject = "interface " + interfaceIndex;
    List<AttachedXdp> found = new ArrayList<>();
    try (Arena arena = Arena.ofConfined();
        NetlinkSocket netlink = NetlinkSocket.open(subject)) {
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_GETLINK, 0);
      Ifinfomsg.writeIndex(request.memory(), request.struct(Ifinfomsg.BYTES), interfaceIndex);
      MemorySegment link = netlink.ask(request, "RTM_GETLINK", subject);
      long from = (long) Nlmsghdr.BYTES + Ifinfomsg.BYTES;
      long xdp = Rtattr.find(link, from, link.byteSize(), IfLink.IFLA_XDP);
      if (xdp >= 0) {
        add(found, link, xdp, IfLink.IFLA_XDP_DRV_PROG_ID, "native mode");
        add(found, link, xdp, IfLink.IFLA_XDP_SKB_PROG_ID, "generic mode");
        add(found, link, xdp, IfLink.IFLA_XDP_HW_PROG_ID, "the network card");
      }
    }
    return found;
  }

  private static void add(
      List<AttachedXdp> found, MemorySegment link, long xdp, int attribute, String where) {
    long from = Rtattr.data(xdp);
    long at = Rtattr.find(link, from, from + Rtattr.dataLength(link, xdp), attribute);
    if (at >= 0) {
      int id = link.get(JAVA_INT, Rtattr.data(at));
      found.add(new AttachedXdp(where, id, name(id)));
    }
  }

  /// The name of a program; empty if the kernel does not say it, as without CAP_SYS_ADMIN.
  private static String name(int id) {
    try (Arena arena = Arena.ofConfined()) {
      int opened = BpfCall.run(Bpf.BPF_PROG_GET_FD_BY_ID, BpfAttr.programOfId(arena, id));
      if (opened < 0) {
        return "";
      }
      try (FileDescriptor program = new FileDescriptor(opened)) {
        MemorySegment info = arena.allocate(BpfProgInfo.LAYOUT);
        BpfCall.info(program.number(), info, "program " + id);
        return BpfProgInfo.name(info);
      }
    } catch (LinuxException _) {
      return "";
    }
  }

  /// Such as `program 12 (xdp_dispatcher) in native mode`.
  @Override
  public String toString() {
    String called = name.isEmpty() ? "" : " (" + name + ")";
    String place = where.endsWith("mode") ? " in " : " on ";
    return "program " + id + called + place + where;
  }
}
