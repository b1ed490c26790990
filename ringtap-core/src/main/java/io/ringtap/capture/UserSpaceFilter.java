package io.ringtap.capture;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.socket.FrameRestorer;
import io.ringtap.socket.FrameScreen;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;

/// Runs a socket's filter on packets that the kernel has handed over. One thread uses it.
///
/// As a rule it does so as the kernel would: on the frame before anything is put back, with what
/// the kernel reports beside it. A program for frames as they are shown runs on those instead.
final class UserSpaceFilter implements FrameScreen {
  private static final long ENDLESS = Long.MAX_VALUE;

  private final BpfInterpreter interpreter;
  private final boolean isForRestored;
  private final Ancillary ancillary = new Ancillary(0, IfPacket.PACKET_HOST, 0);
  private long remaining = ENDLESS; // packets to judge

  /// @param program as the socket would run it
  /// @param isForRestored or as it would run in a savefile, on frames as handlers see them
  UserSpaceFilter(BpfProgram program, boolean isForRestored) {
    this.isForRestored = isForRestored;
    interpreter = new BpfInterpreter(program);
  }

  /// Judges so many further packets, and is over then. Until this is called there is no end.
  void endAfter(long packets) {
    remaining = packets;
  }

  /// Whether all packets have been judged that were to be.
  @Override
  public boolean isOver() {
    return remaining <= 0;
  }

  /// Whether the filter passes the packet whose [Tpacket3Hdr] is at `header`, to which nothing has
  /// been put back yet; cuts it off where the filter says.
  @Override
  public boolean passes(MemorySegment memory, long header) {
    return isForRestored || judge(memory, header);
  }

  /// As [#passes], which it must have passed, after what the kernel reported beside it has been put
  /// back.
  @Override
  public boolean passesRestored(MemorySegment memory, long header) {
    return !isForRestored || judge(memory, header);
  }

  private boolean judge(MemorySegment memory, long header) {
    if (remaining != ENDLESS) {
      remaining--;
    }
    tellAncillary(memory, header);
    int caplen = Tpacket3Hdr.caplen(memory, header);
    int keep =
        interpreter.run(
            memory,
            header + Tpacket3Hdr.mac(memory, header),
            caplen,
            Tpacket3Hdr.origlen(memory, header),
            ancillary);
    if (Integer.compareUnsigned(keep, caplen) < 0) {
      Tpacket3Hdr.truncate(memory, header, keep);
    }
    return keep != 0;
  }

  private void tellAncillary(MemorySegment memory, long header) {
    long link = header + Tpacket3Hdr.SOCKADDR_OFFSET;
    ancillary
        .protocol(SockaddrLl.protocol(memory, link))
        .packetType(SockaddrLl.pkttype(memory, link))
        .interfaceIndex(SockaddrLl.ifindex(memory, link))
        .hardwareType(SockaddrLl.hatype(memory, link))
        .rxHash(Tpacket3Hdr.rxhash(memory, header))
        .random(ThreadLocalRandom.current().nextInt());
    if ((Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_VALID) == 0) {
      ancillary.untagged();
    } else {
      ancillary.vlan(FrameRestorer.takenTpid(memory, header), Tpacket3Hdr.vlanTci(memory, header));
    }
  }
}
