package io.ringtap.testnet.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.packet.IfEther;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@RequiresRoot
class FrameLoadTest {
  private static final int BUFFER = 256 << 20; // bytes; each waiting frame costs a page and more

  @Test
  void injectsEachFrameExactlyOnce() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("load");
        NetworkNamespace idle = NetworkNamespace.create("idle");
        Arena arena = Arena.ofConfined()) {
      Link link = VethPair.create(namespace, "cap0", idle, "far0").a();
      FrameLoad load = FrameLoad.on(link).frames(5_000).size(300).cpus(0, 0).rate(50_000);
      load.sources(1_000).ports(7).heavyHitters(3, 250);
      try (Socket tap = tap(link, arena);
          RunningLoad running = load.start()) {
        running.await();

        BitSet seen = new BitSet();
        Set<Integer> sources = new HashSet<>();
        MemorySegment frame = arena.allocate(2048);
        for (long bytes = receive(tap, frame); bytes > 0; bytes = receive(tap, frame)) {
          if (!LoadFrame.isLoad(frame, 0, bytes)) {
            continue; // the namespace's own neighbour discovery
          }
          long sequence = LoadFrame.sequence(frame, 0);
          assertThat(bytes).isEqualTo(300);
          assertThat(seen.get((int) sequence)).as("frame %d seen before", sequence).isFalse();
          seen.set((int) sequence);
          assertThat(Ipv4Header.check(frame, LoadFrame.IP, bytes)).isNull();
          assertThat(Ipv4Header.isChecksumValid(frame, LoadFrame.IP)).isTrue();
          int source = Ipv4Header.source(frame, LoadFrame.IP);
          assertThat(source).isEqualTo(running.variation().sourceAddress(sequence));
          sources.add(source);
        }
        assertThat(seen.cardinality()).isEqualTo(5_000);
        assertThat(seen.length()).isEqualTo(5_000);
        assertThat(sources).hasSizeGreaterThan(900);
        assertThat(running.injected()).isEqualTo(5_000);
        assertThat(link.counters().rxOtherHost()).isEqualTo(5_000);
        assertThat(running.cpuNanos()).isPositive();
      }
    }
  }

  @Test
  void stopsEarlyAndTellsHowManyThereWere() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("load");
        NetworkNamespace idle = NetworkNamespace.create("idle")) {
      Link link = VethPair.create(namespace, "cap0", idle, "far0").a();

      RunningLoad running = FrameLoad.on(link).frames(Long.MAX_VALUE).start();
      running.close();

      assertThat(running.isRunning()).isFalse();
      assertThat(link.counters().rxOtherHost()).isEqualTo(running.injected());
    }
  }

  @Test
  void refusesAnInterfaceThatIsNotThereAndACpuThatIsNot() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("load")) {
      FrameLoad nowhere = FrameLoad.on(namespace.link("none"));
      FrameLoad nobody = FrameLoad.on(namespace.link("lo")).cpus(100_000);

      assertThatThrownBy(nowhere::start)
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
      assertThatThrownBy(nobody::start)
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }
  }

  @Test
  void refusesTheNamespaceOfTheHost() throws Exception {
    assertThatThrownBy(() -> HostNamespace.refuse("eth0"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not in a network namespace of its own");
    try (NetworkNamespace namespace = NetworkNamespace.create("load")) {
      namespace.run(() -> HostNamespace.refuse("lo"));
    }
  }

  @Test
  void refusesNumbersOutOfTheirRange() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("load")) {
      FrameLoad load = FrameLoad.on(namespace.link("lo"));

      assertThatThrownBy(() -> load.size(59)).hasMessageContaining("60 to 1514");
      assertThatThrownBy(() -> load.frames(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(load::cpus).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(load.sources(0)::start).hasMessageContaining("sources must be 1");
    }
  }

  private static Socket tap(Link link, Arena arena) throws IOException {
    Socket socket =
        link.namespace()
            .call(() -> Socket.open(SysSocket.AF_PACKET, SysSocket.SOCK_RAW, 0, "test", ""));
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUFFORCE, BUFFER, "SO_RCVBUFFORCE");
    MemorySegment address = arena.allocate(SockaddrLl.LAYOUT);
    SockaddrLl.write(address, 0, IfEther.ETH_P_ALL, link.index());
    socket.bind(address);
    return socket;
  }

  /// @return bytes, or `-errno` when nothing is waiting
  private static long receive(Socket tap, MemorySegment frame) {
    return Libc.recvfrom(
        CallState.current(),
        tap.number(),
        frame,
        frame.byteSize(),
        SysSocket.MSG_DONTWAIT,
        MemorySegment.NULL,
        MemorySegment.NULL);
  }
}
