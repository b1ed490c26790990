package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.StructLayout;

/// `struct __sk_buff` (`linux/bpf.h`), as far as filters need it: what an eBPF program for a socket
/// sees beside the bytes of a packet. The constants say where a program loads a field from.
@CHeader(value = "linux/bpf.h", type = "struct __sk_buff", isBeginning = true)
public final class SkBuff {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("len"),
          JAVA_INT.withName("pkt_type"),
          JAVA_INT.withName("mark"),
          JAVA_INT.withName("queue_mapping"),
          JAVA_INT.withName("protocol"),
          JAVA_INT.withName("vlan_present"),
          JAVA_INT.withName("vlan_tci"),
          JAVA_INT.withName("vlan_proto"),
          paddingLayout(8),
          JAVA_INT.withName("ifindex"),
          paddingLayout(24),
          JAVA_INT.withName("hash"));

  public static final long LEN = Offsets.of(LAYOUT, "len");
  public static final long PKT_TYPE = Offsets.of(LAYOUT, "pkt_type");
  public static final long MARK = Offsets.of(LAYOUT, "mark");
  public static final long QUEUE_MAPPING = Offsets.of(LAYOUT, "queue_mapping");

  /// The EtherType, in network order.
  public static final long PROTOCOL = Offsets.of(LAYOUT, "protocol");

  public static final long VLAN_PRESENT = Offsets.of(LAYOUT, "vlan_present");
  public static final long VLAN_TCI = Offsets.of(LAYOUT, "vlan_tci");

  /// The TPID, in network order.
  public static final long VLAN_PROTO = Offsets.of(LAYOUT, "vlan_proto");

  public static final long IFINDEX = Offsets.of(LAYOUT, "ifindex");
  public static final long HASH = Offsets.of(LAYOUT, "hash");

  private SkBuff() {}
}
