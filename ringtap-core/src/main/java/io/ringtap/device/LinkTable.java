package io.ringtap.device;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.NetlinkRequest;
import io.ringtap.linux.NetlinkSocket;
import io.ringtap.linux.abi.Ifreq;
import io.ringtap.linux.abi.netlink.IfLink;
import io.ringtap.linux.abi.netlink.Ifaddrmsg;
import io.ringtap.linux.abi.netlink.Ifinfomsg;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The interfaces of one network namespace: that of the thread which opened this, whichever asks.
/// One thread at a time uses it. For a single question [Links] is shorter.
public final class LinkTable implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 16;

  private final NetlinkSocket netlink;

  private LinkTable(NetlinkSocket netlink) {
    this.netlink = netlink;
  }

  /// Opens the table of the calling thread's namespace.
  ///
  /// @throws IOException (a LinuxException) if the process is out of descriptors
  public static LinkTable open() throws IOException {
    return new LinkTable(NetlinkSocket.open("the list of interfaces"));
  }

  /// What an interface is and what it has counted, of one moment.
  public record Entry(Link link, LinkCounters counters) {}

  /// All interfaces, by index.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses; `EBUSY` if interfaces come and
  ///   go all the time
  public List<Link> all() throws IOException {
    return dumpLinks(message -> Optional.of(LinkMessages.link(message)));
  }

  /// All interfaces with their counters, by index.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses; `EBUSY` if interfaces come and
  ///   go all the time
  public List<Entry> entries() throws IOException {
    return dumpLinks(message ->
        LinkMessages.counters(message)
            .map(counters -> new Entry(LinkMessages.link(message), counters)));
  }

  /// The interface of this name; empty if there is none.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public Optional<Link> byName(String name) throws IOException {
    byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
    return Ifreq.isName(name) ? get(name, 0, text).map(LinkMessages::link) : Optional.empty();
  }

  /// The interface of this index; empty if there is none.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public Optional<Link> byIndex(int index) throws IOException {
    return message(index).map(LinkMessages::link);
  }

  /// What an interface has counted; empty if there is none of this index.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public Optional<LinkCounters> counters(int index) throws IOException {
    return message(index).flatMap(LinkMessages::counters);
  }

  /// All addresses of all interfaces, IPv4 before IPv6.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses; `EBUSY` if addresses come and go
  ///   all the time
  public List<LinkAddress> addresses() throws IOException {
    return dump(
        Rtnetlink.RTM_GETADDR,
        Ifaddrmsg.BYTES,
        "RTM_GETADDR",
        Rtnetlink.RTM_NEWADDR,
        LinkMessages::address);
  }

  private Optional<MemorySegment> message(int index) throws LinuxException {
    return index <= 0 ? Optional.empty() : get("interface " + index, index, new byte[0]);
  }

  /// The kernel's answer, until the next question.
  private Optional<MemorySegment> get(String subject, int index, byte[] name)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      NetlinkRequest request = new NetlinkRequest(arena, Rtnetlink.RTM_GETLINK, 0);
      Ifinfomsg.writeIndex(request.memory(), request.struct(Ifinfomsg.BYTES), index);
      if (name.length > 0) {
        request.add(IfLink.IFLA_IFNAME, name);
      }
      return Optional.of(netlink.ask(request, "RTM_GETLINK", subject));
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> List<T> dumpLinks(Function<MemorySegment, Optional<T>> reader) throws IOException {
    return dump(
        Rtnetlink.RTM_GETLINK,
        Ifinfomsg.BYTES,
        "RTM_GETLINK",
        Rtnetlink.RTM_NEWLINK,
        message -> LinkMessages.isWhole(message) ? reader.apply(message) : Optional.empty());
  }

  private <T> List<T> dump(
      int type,
      int structBytes,
      String operation,
      int answer,
      Function<MemorySegment, Optional<T>> reader)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      NetlinkRequest request = new NetlinkRequest(arena, type, 0);
      long _ = request.struct(structBytes); // of no family and no index: all
      for (int i = 0; i < MAX_ATTEMPTS; i++) {
        List<T> found = new ArrayList<>();
        boolean isConsistent =
            netlink.dump(
                request,
                operation,
                "all interfaces",
                message -> {
                  if (Nlmsghdr.type(message, 0) == answer) {
                    reader.apply(message).ifPresent(found::add);
                  }
                });
        if (isConsistent) {
          return found;
        }
      }
    }
    throw new LinuxException(
        operation, "all interfaces", Errno.EBUSY, "they change faster than they can be listed");
  }

  @Override
  public void close() {
    netlink.close();
  }
}
