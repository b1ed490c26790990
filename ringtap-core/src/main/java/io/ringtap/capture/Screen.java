package io.ringtap.capture;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.BpfInterpreter;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.IfPacket;
import io.ringtap.linux.SockaddrLl;
import io.ringtap.linux.Tpacket3Hdr;
import java.lang.foreign.MemorySegment;

/// Runs a socket's filter on packets that the kernel has handed over, as the kernel would: on the
/// frame before anything is put back, with what the kernel tells beside it. One thread uses it.
final class Screen {
  /// Judges every packet, without end.
  static final long ENDLESS = Long.MAX_VALUE;

  private final BpfProgram program;
  private long remaining = ENDLESS;

  Screen(BpfProgram program) {
    this.program = program;
  }

  /// Judges so many further packets, and is over then.
  void endAfter(long packets) {
    remaining = packets;
  }

  /// Whether all packets have been judged that were to be.
  boolean isOver() {
    return remaining <= 0;
  }

  /// Whether the filter passes the packet whose [Tpacket3Hdr] is at `header`; cuts it off where the
  /// filter says.
  boolean passes(MemorySegment memory, long header) {
    if (remaining != ENDLESS) {
      remaining--;
    }
    long link = header + Tpacket3Hdr.SOCKADDR_OFFSET;
    int caplen = Tpacket3Hdr.caplen(memory, header);
    boolean isTagged =
        (Tpacket3Hdr.status(memory, header) & IfPacket.TP_STATUS_VLAN_VALID) != 0;
    Ancillary ancillary =
        new Ancillary(
            SockaddrLl.protocol(memory, link),
            SockaddrLl.pkttype(memory, link),
            SockaddrLl.ifindex(memory, link),
            isTagged ? Tpacket3Hdr.vlanTci(memory, header) : 0,
            isTagged);
    int keep =
        BpfInterpreter.run(
            program,
            memory.asSlice(header + Tpacket3Hdr.mac(memory, header), caplen),
            Tpacket3Hdr.origlen(memory, header),
            ancillary);
    if (Integer.compareUnsigned(keep, caplen) < 0) {
      Tpacket3Hdr.truncate(memory, header, keep);
    }
    return keep != 0;
  }
}
