package io.ringtap.capture;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.LinuxSll2;
import io.ringtap.packet.NetworkOrder;
import io.ringtap.socket.FrameFilter;
import io.ringtap.socket.FrameRestorer;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;

/// Runs a socket's filter on packets that the kernel has passed on. For one thread.
///
/// Normally it runs like in the kernel: on the frame before removed headers are restored, with the
/// metadata that the kernel reports. A program for restored frames runs on these instead.
///
/// On a cooked socket the kernel's program cannot judge every packet with a VLAN tag, because what
/// it can load of a tag in the frame is not what the kernel reports of it afterwards. It passes
/// those, and they are judged here as they are shown.
final class UserSpaceFilter implements FrameFilter {
  private static final long ENDLESS = Long.MAX_VALUE;

  private final BpfInterpreter interpreter;
  private final boolean isForRestored;
  private final boolean goesOnWithTagged;
  private final Ancillary ancillary = new Ancillary(0, IfPacket.PACKET_HOST, 0);
  private long remaining = ENDLESS; // packets to judge

  /// @param program the program
  /// @param isForRestored whether the program is for restored frames, as handlers see them, and not
  ///   for frames as the socket has them
  /// @param goesOnWithTagged whether the filtering of packets with VLAN tags does not end; they are
  ///   cooked and restored
  UserSpaceFilter(BpfProgram program, boolean isForRestored, boolean goesOnWithTagged) {
    this.isForRestored = isForRestored;
    this.goesOnWithTagged = goesOnWithTagged;
    interpreter = new BpfInterpreter(program);
  }

  /// Ends the filtering after `packets` more packets. Without this call it does not end.
  void endAfter(long packets) {
    remaining = packets;
  }

  /// Whether the filtering has ended.
  @Override
  public boolean isOver() {
    return remaining <= 0 && !goesOnWithTagged;
  }

  /// Whether the packet with the [Tpacket3Hdr] at `header`, not yet restored, passes the filter;
  /// cuts the packet at the length that the filter returns.
  @Override
  public boolean passes(MemorySegment memory, long header) {
    return isForRestored || judge(memory, header);
  }

  /// Like [#passes], for the same packet after its removed headers have been restored.
  @Override
  public boolean passesRestored(MemorySegment memory, long header) {
    return !isForRestored || (remaining <= 0 && !isTagged(memory, header)) || judge(memory, header);
  }

  /// Whether the pseudo-header of a restored packet says that a VLAN tag follows.
  private static boolean isTagged(MemorySegment memory, long header) {
    long cooked = header + Tpacket3Hdr.mac(memory, header);
    return EtherType.isVlan(NetworkOrder.unsignedShort(memory, cooked + LinuxSll2.PROTOCOL));
  }

  private boolean judge(MemorySegment memory, long header) {
    if (remaining != ENDLESS && remaining > 0) {
      remaining--;
    }
    setAncillary(memory, header);
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

  private void setAncillary(MemorySegment memory, long header) {
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
