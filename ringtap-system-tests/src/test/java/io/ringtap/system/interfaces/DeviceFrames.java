package io.ringtap.system.interfaces;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A cable on which nobody speaks but the test: its frames can be counted to the last.
final class DeviceFrames {
  private static final short LOCAL_EXPERIMENT = (short) 0xB588; // EtherType 0x88b5, on the wire

  private DeviceFrames() {}

  /// A cable between two namespaces, whose ends have no addresses at all.
  static VethPair quietCable(
      NetworkNamespace first, String nameA, NetworkNamespace second, String nameB)
      throws IOException {
    for (NetworkNamespace namespace : new NetworkNamespace[] {first, second}) {
      namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");
      namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1");
    }
    return VethPair.create(first, nameA, second, nameB);
  }

  /// Sends frames of so many bytes out of an interface.
  static void send(Link link, int count, int octets) throws IOException {
    int index = link.index();
    link.namespace()
        .run(() -> {
          try (Arena arena = Arena.ofConfined();
              Socket socket = Socket.open(SysSocket.AF_PACKET, SysSocket.SOCK_RAW, 0, "test", "")) {
            MemorySegment address = arena.allocate(SockaddrLl.LAYOUT);
            SockaddrLl.write(address, 0, 0, index);
            MemorySegment frame = arena.allocate(octets);
            frame.asSlice(0, 6).fill((byte) 0xFF);
            frame.set(ValueLayout.JAVA_SHORT_UNALIGNED, 12, LOCAL_EXPERIMENT);
            for (int i = 0; i < count; i++) {
              long sent =
                  Libc.sendto(
                      CallState.current(),
                      socket.number(),
                      frame,
                      octets,
                      0,
                      address,
                      SockaddrLl.BYTES);
              LinuxException.check((int) sent, "sendto", "test");
            }
          }
        });
  }
}
