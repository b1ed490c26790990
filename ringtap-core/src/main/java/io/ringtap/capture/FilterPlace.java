package io.ringtap.capture;

/// Where the filter of a capture runs, and why.
public enum FilterPlace {
  /// In the kernel: a packet that does not pass costs this process nothing.
  KERNEL,

  /// In user space, on the threads of the capture, because the program has a loop (from
  /// `protochain`), which the kernel does not allow. The kernel passes on every packet of the
  /// captured direction.
  USER_SPACE_FOR_LOOP,

  /// In user space, because the filter looks addresses up in a set, and the kernel does not take
  /// the program with it: one before Linux 5.2, or for a large set one of 4 MiB in older kernels.
  USER_SPACE_FOR_SET,

  /// In user space, because the filter looks addresses up in a set, and a program with sets takes
  /// CAP_BPF.
  USER_SPACE_WITHOUT_RIGHT,

  /// In user space, because the filter reads bytes of the pseudo-header that the kernel does not
  /// report, or may read them at an offset computed from the packet. This happens on `any` for some
  /// filters with terms after `geneve` on the other side of an `or`.
  USER_SPACE_FOR_LOADS,

  /// In user space, because the program is larger than the kernel allows for a socket
  /// (`net.core.optmem_max`, in bytes). A higher limit or a shorter filter helps.
  USER_SPACE_FOR_SIZE,

  /// In user space, because the program has more instructions than the kernel takes (4096). Only a
  /// shorter filter helps.
  USER_SPACE_FOR_LENGTH
}
