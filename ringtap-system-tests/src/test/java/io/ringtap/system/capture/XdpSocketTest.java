package io.ringtap.system.capture;

import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.Width.WORD;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.bpf.XdpMd;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.socket.xdp.Umem;
import io.ringtap.socket.xdp.XdpSocket;
import io.ringtap.socket.xdp.XdpSocket.LongFrames;
import io.ringtap.system.FrameSender;
import io.ringtap.system.Tcpdump;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.Link;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// AF_XDP sockets at one end of a cable, whose other end knows nothing of them.
@RequiresRoot
class XdpSocketTest {
  private static final int CHUNK = 2048;
  private static final String SOCKETS = "sockets";

  private CaptureLab lab;

  @BeforeEach
  void makeLab() throws IOException {
    lab = CaptureLab.create();
  }

  @AfterEach
  void removeLab() {
    lab.close();
  }

  private static XdpSocket.Place place(Link link, int queue) throws IOException {
    return new XdpSocket.Place(link.name(), link.index(), queue);
  }

  private static XdpSocket open(Link link, Umem umem, XdpSocket.Rings rings) throws IOException {
    XdpSocket.Place place = place(link, 0);
    return link.namespace().call(() -> XdpSocket.open(umem, place, rings));
  }

  /// Gives every frame to the socket of its queue.
  private static EbpfProgram redirect() {
    return new EbpfAssembler()
        .load(WORD, R2, R1, XdpMd.RX_QUEUE_INDEX)
        .map(R1, SOCKETS)
        .move(R3, XdpAction.PASS.number())
        .call(EbpfHelper.REDIRECT_MAP)
        .exit()
        .assemble();
  }

  @Test
  void transmitsWhatWasPutAndGetsTheChunksBack() throws Exception {
    int frames = 100;
    try (Tcpdump judge = Tcpdump.on(lab.near(), "-e", "--snapshot-length=64");
        Umem umem = Umem.allocate(CHUNK, 64);
        XdpSocket socket = open(lab.far(), umem, new XdpSocket.Rings(0, 64, LongFrames.NONE))) {
      int put = 0;
      while (put < frames) {
        int room = Math.min(Math.min(socket.transmitRoom(), umem.freeCount()), frames - put);
        for (int i = 0; i < room; i++) {
          long chunk = umem.take();
          MemorySegment frame = umem.memory().asSlice(chunk, 100 + put);
          NetworkOrder.doubleWord(frame, 0, 0x0200_0000_00ffL << 16 | 0x0200);
          NetworkOrder.unsignedShort(frame, 12, 0x88b5); // for experiments (IEEE 802)
          socket.put(i, chunk, 100 + put++);
        }
        socket.transmit(room);
        Eventually.await(
            "the frames to leave",
            () -> {
              int _ = socket.needsTransmitWakeUp() ? socket.wakeTransmit() : 0;
              int _ = socket.reap();
              return umem.freeCount() == umem.chunkCount();
            });
      }

      List<String> seen =
          judge.linesUntil("length 199").stream().filter(line -> line.contains("0x88b5")).toList();
      assertThat(seen).hasSize(frames);
      for (int i = 0; i < frames; i++) {
        assertThat(seen.get(i)).contains("length " + (100 + i));
      }
      assertThat(socket.counters()).isEqualTo(new XdpSocket.Counters(0, 0, 0));
    }
  }

  @Test
  void receivesWhatIsRedirectedAndCountsWhatFindsNoRoom() throws Exception {
    Link near = lab.near();
    try (Umem umem = Umem.allocate(CHUNK, 64);
        EbpfMap sockets = EbpfMap.create(MapDefinition.xskMap(SOCKETS, 1));
        LoadedProgram program =
            LoadedProgram.load(redirect(), ProgramType.XDP, "redirect", Map.of(SOCKETS, sockets));
        XdpSocket socket = open(near, umem, new XdpSocket.Rings(64, 0, LongFrames.NONE));
        XdpLink _ = attach(near, program);
        FrameSender sender = FrameSender.on(lab.far());
        Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(JAVA_INT, socket.number());
      sockets.update(arena.allocate(JAVA_INT), number);

      List<Long> numbers = new ArrayList<>();
      for (int first = 0; first < 200; first += 50) {
        sender.number(first, 50);
        Eventually.await("50 frames", () -> socket.received() == 50);
        for (int i = 0; i < 50; i++) {
          long at = socket.address(i) + FrameSender.SEQUENCE_OFFSET;
          assertThat(socket.length(i)).isEqualTo(60);
          assertThat(socket.isContinued(i)).isFalse();
          numbers.add(NetworkOrder.doubleWord(socket.memory(), at));
        }
        socket.release(50);
      }

      assertThat(numbers).isEqualTo(LongStream.range(0, 200).boxed().toList());
      assertThat(socket.counters().dropped()).isZero();

      sender.number(200, 500);

      Eventually.await("the drops", () -> socket.counters().dropped() == 500 - 64);
      assertThat(socket.received()).isEqualTo(64);
      // veth's frames must be copied, and the reason for it is known.
      assertThat(socket.isZeroCopy()).isFalse();
      assertThat(socket.zeroCopyRefusal()).isNotNull();
    }
  }

  private static XdpLink attach(Link link, LoadedProgram program) throws IOException {
    int index = link.index();
    return link.namespace().call(() -> XdpLink.attach(program, index));
  }

  @Test
  void opensOnTheSameQueueAgainAndLeavesNothing() throws Exception {
    XdpSocket.Rings rings = new XdpSocket.Rings(64, 64, LongFrames.ALWAYS);
    OpenDescriptors.assertNoneLeft(() -> {
      for (int i = 0; i < 5; i++) {
        try (Umem umem = Umem.allocate(CHUNK, 64);
            XdpSocket socket = open(lab.near(), umem, rings)) {
          assertThat(socket.received()).isZero();
        }
      }
    });
  }

  @Test
  void refusesAQueueThatIsTakenOrNotThere() throws Exception {
    XdpSocket.Rings rings = new XdpSocket.Rings(64, 0, LongFrames.NONE);
    XdpSocket.Place missing = place(lab.near(), 7);
    try (Umem one = Umem.allocate(CHUNK, 64);
        Umem other = Umem.allocate(CHUNK, 64);
        XdpSocket _ = open(lab.near(), one, rings)) {
      assertThatThrownBy(() -> open(lab.near(), other, rings).close())
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
          .hasMessageContaining("queue 0 of near0")
          .hasMessageContaining("has an AF_XDP socket already");
    }
    try (Umem umem = Umem.allocate(CHUNK, 64)) {
      assertThatThrownBy(
              () -> lab.captures().call(() -> XdpSocket.open(umem, missing, rings)).close())
          .isInstanceOf(LinuxException.class)
          .hasMessageContaining("queue 7 of near0")
          .hasMessageContaining("is there such a queue?");
    }
  }
}
