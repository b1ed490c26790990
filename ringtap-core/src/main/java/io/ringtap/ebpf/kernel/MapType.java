package io.ringtap.ebpf.kernel;

import io.ringtap.linux.abi.bpf.Bpf;

/// The kinds of maps.
public enum MapType {
  /// Keys of any bytes.
  HASH(Bpf.BPF_MAP_TYPE_HASH),
  /// Keys are the numbers from 0 on, 4 bytes; every element is always there.
  ARRAY(Bpf.BPF_MAP_TYPE_ARRAY),
  /// As [#HASH], with a value for each CPU.
  PER_CPU_HASH(Bpf.BPF_MAP_TYPE_PERCPU_HASH),
  /// As [#ARRAY], with a value for each CPU.
  PER_CPU_ARRAY(Bpf.BPF_MAP_TYPE_PERCPU_ARRAY),
  /// As [#HASH]; when it is full, elements that were not used for long make room.
  LRU_HASH(Bpf.BPF_MAP_TYPE_LRU_HASH),
  /// As [#LRU_HASH], with a value for each CPU.
  LRU_PER_CPU_HASH(Bpf.BPF_MAP_TYPE_LRU_PERCPU_HASH),
  /// Prefixes; a look-up finds the longest that its key begins with. A key is the number of bits, 4
  /// bytes in the machine's order, and then the bytes.
  LPM_TRIE(Bpf.BPF_MAP_TYPE_LPM_TRIE),
  /// AF_XDP sockets by their queue, 4 bytes each.
  XSK_MAP(Bpf.BPF_MAP_TYPE_XSKMAP),
  /// Records from programs to one reader, in order (since Linux 5.8). It has no keys.
  RING_BUFFER(Bpf.BPF_MAP_TYPE_RINGBUF);

  final int number;

  MapType(int number) {
    this.number = number;
  }

  /// Whether each CPU has a value of its own.
  public boolean isPerCpu() {
    return switch (this) {
      case PER_CPU_HASH, PER_CPU_ARRAY, LRU_PER_CPU_HASH -> true;
      case HASH, ARRAY, LRU_HASH, LPM_TRIE, XSK_MAP, RING_BUFFER -> false;
    };
  }

  /// Flags without which the kernel does not make such a map.
  int flags() {
    return this == LPM_TRIE ? Bpf.BPF_F_NO_PREALLOC : 0;
  }
}
