package io.ringtap.lab.profile;

import java.util.List;

/// What a function is for: the groups of which profiles show shares.
///
/// The group of a sample is that of the innermost function of its call chain that a group of the
/// kernel lists, as far as the chain lies in the kernel: what `skb_copy_bits` calls is copying, and
/// the lock that a copy takes is a lock. Functions of processes are grouped by the kind of their
/// code. docs/lab.md has the groups in words; this list is what counts.
enum FunctionGroup {
  /// Spinning, taking and releasing. Much of what waits with interrupts off counts for the unlock
  /// that ends it.
  LOCKS(
      "locks",
      "_raw_spin_",
      "_raw_read_",
      "_raw_write_",
      "native_queued_spin_lock_slowpath",
      "__pv_queued_spin_lock",
      "__raw_callee_save___pv_queued",
      "queued_",
      "osq_lock",
      "mutex_",
      "__mutex_",
      "rwsem_",
      "down_read",
      "down_write",
      "up_read",
      "up_write"),
  COPIES(
      "copies",
      "memcpy",
      "__memcpy",
      "memmove",
      "__memmove",
      "memset",
      "__memset",
      "clear_page",
      "rep_movs",
      "rep_stos",
      "copy_user_",
      "copy_from_user",
      "copy_to_user",
      "_copy_",
      "__copy_user",
      "__copy_from",
      "__copy_to",
      "skb_copy_bits",
      "skb_copy_datagram",
      "skb_copy_and_csum",
      "__skb_datagram_iter",
      "simple_copy_to_iter",
      "move_addr_to_user",
      "put_cmsg",
      "__check_object_size",
      "__check_heap_object",
      "check_stack_object"),
  /// The load's own work for a frame, of which listeners have no part.
  LOAD(
      "making the load",
      "bpf_prog_test_run",
      "bpf_test_run",
      "xdp_test_run",
      "bpf_prog_#_ringtap_load",
      "xdp_convert",
      "__xdp_build_skb_from_frame",
      "xdp_build_skb"),
  /// By which fanout chooses a socket, and which a ring of TPACKET_V3 shows if it was asked to.
  FLOW_HASHES("flow hashes", "__skb_flow_dissect", "__skb_get_hash", "__siphash", "siphash"),
  FILTERS("filters", "run_filter", "sk_filter", "bpf_prog_", "bpf_dispatcher_", "bpf_skb_load"),
  BPF_MAPS(
      "BPF maps and ring buffers",
      "bpf_ringbuf",
      "__bpf_ringbuf",
      "htab_",
      "__htab_",
      "bpf_lru",
      "__bpf_lru",
      "bpf_percpu",
      "percpu_array",
      "array_map",
      "trie_",
      "bpf_map_",
      "__bpf_map"),
  XDP(
      "XDP and AF_XDP",
      "xsk_",
      "__xsk_",
      "xp_",
      "__xp_",
      "xdp_",
      "__xdp_",
      "bpf_prog_run_generic_xdp",
      "do_xdp_generic",
      "netif_receive_generic_xdp"),
  PACKET_SOCKETS(
      "AF_PACKET", "tpacket_", "__tpacket", "packet_", "__packet_", "prb_", "fanout_", "vlan_get"),
  MEMORY_OF_PACKETS(
      "memory of packets",
      "kmem_cache_",
      "kmalloc",
      "__kmalloc",
      "kfree",
      "__kfree",
      "__slab",
      "___slab",
      "slab_",
      "consume_skb",
      "skb_release_",
      "skb_clone",
      "skb_free",
      "skb_attempt_defer",
      "__alloc_skb",
      "alloc_skb",
      "build_skb",
      "__build_skb",
      "napi_build_skb",
      "napi_skb_cache",
      "__copy_skb_header",
      "page_pool_",
      "page_frag",
      "__page_frag",
      "free_unref",
      "get_page_from_freelist",
      "__alloc_pages",
      "alloc_pages",
      "sock_rfree",
      "sock_wfree",
      "rmqueue",
      "__free_pages",
      "refill_"),
  WAKE_UPS(
      "wake-ups and scheduling",
      "try_to_wake_up",
      "ttwu_",
      "__wake_up",
      "wake_up",
      "default_wake",
      "autoremove_wake",
      "woken_wake",
      "pollwake",
      "ep_",
      "epoll",
      "sock_def_readable",
      "schedule",
      "__schedule",
      "preempt_schedule",
      "__cond_resched",
      "pick_",
      "finish_task_switch",
      "enqueue_",
      "dequeue_",
      "select_task_rq",
      "select_idle",
      "update_curr",
      "update_load",
      "update_rq",
      "set_next_",
      "put_prev",
      "reweight",
      "__switch_to",
      "switch_mm",
      "futex_",
      "__futex",
      "do_futex",
      "poll_",
      "do_poll",
      "do_sys_poll",
      "core_sys_select",
      "do_select",
      "do_pselect",
      "select_estimate",
      "kern_select",
      "__pollwait",
      "sock_poll",
      "datagram_poll",
      "do_nanosleep",
      "hrtimer_",
      "__hrtimer",
      "timerqueue_",
      "tick_",
      "native_smp_send",
      "native_send_call",
      "x2apic_send",
      "do_idle",
      "cpuidle_",
      "run_timer",
      "rcu_",
      "sched_"),
  CLOCKS(
      "clocks",
      "ktime_get",
      "read_tsc",
      "pvclock_",
      "kvm_clock",
      "kvm_sched_clock",
      "native_sched_clock",
      "local_clock",
      "read_hpet"),
  STACK(
      "network stack",
      "__netif_receive",
      "netif_receive",
      "netif_rx",
      "deliver_skb",
      "eth_type_trans",
      "enqueue_to_backlog",
      "process_backlog",
      "net_rx_action",
      "__napi_poll",
      "napi_",
      "dev_gro",
      "gro_",
      "ip_",
      "__ip_",
      "ip6_",
      "ipv6_",
      "inet_",
      "fib_",
      "icmp_",
      "__icmp",
      "raw_",
      "ping_",
      "udp_",
      "__udp",
      "tcp_",
      "nf_",
      "neigh_",
      "sock_queue",
      "__sock_queue",
      "sock_alloc_send",
      "skb_set_owner",
      "__dev_queue_xmit",
      "dev_queue_xmit",
      "dev_hard_start",
      "validate_xmit",
      "sch_direct",
      "csum_",
      "__skb_checksum",
      "skb_"),
  DRIVER("veth", "veth_"),
  SYSTEM_CALLS(
      "system calls",
      "entry_SYSCALL",
      "do_syscall",
      "syscall_",
      "x64_sys_call",
      "__x64_sys",
      "__sys_",
      "___sys_",
      "__do_sys",
      "do_recvmmsg",
      "sock_recvmsg",
      "sock_sendmsg",
      "____sys",
      "fdget",
      "__fget",
      "fget",
      "fput",
      "sockfd_lookup",
      "security_",
      "exit_to_user",
      "import_ubuf",
      "import_iovec",
      "__import_iovec",
      "copy_msghdr",
      "copy_iovec",
      "__put_user",
      "__get_user",
      "get_timespec64",
      "put_timespec64",
      "set_user_sigmask",
      "ksys_",
      "vfs_"),
  OTHER_KERNEL("other kernel"),
  COMPILED("Java, compiled"),
  INTERPRETED("Java, interpreter and stubs"),
  JVM("JVM"),
  JIT_COMPILER("JVM, compiling"),
  COLLECTOR("JVM, collecting garbage"),
  NATIVE("C code");

  /// In a prefix: the tag of an eBPF program, 16 hexadecimal digits.
  private static final char TAG = '#';

  private static final int TAG_LENGTH = 16;
  private static final List<FunctionGroup> ALL = List.of(values());
  private static final List<String> COMPILER_THREADS = List.of("C1 Compiler", "C2 Compiler");
  private static final List<String> COLLECTOR_THREADS = List.of("GC Thread", "VM Thread", "G1 ");

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
  private final List<String> prefixes;

  FunctionGroup(String label, String... prefixes) {
    this.label = label;
    this.prefixes = List.of(prefixes);
  }

  /// For readers.
  String label() {
    return label;
  }

  /// The group of a sample.
  ///
  /// @param chain from the function that ran outwards
  /// @param thread the name of the thread
  static FunctionGroup of(List<CodeFrame> chain, String thread) {
    if (chain.isEmpty() || chain.getFirst().kind() != CodeFrame.Kind.KERNEL) {
      return chain.isEmpty() ? NATIVE : ofProcess(chain.getFirst().kind(), thread);
    }
    boolean isLeaf = true;
    for (CodeFrame frame : chain) {
      if (frame.kind() != CodeFrame.Kind.KERNEL) {
        break;
      }
      for (FunctionGroup group : ALL) {
        // Everything that a system call does is below one: only its own code is meant.
        boolean isMeant = isLeaf || group != SYSTEM_CALLS;
        if (isMeant && group.lists(frame.name())) {
          return group;
        }
      }
      isLeaf = false;
    }
    return OTHER_KERNEL;
  }

  private static FunctionGroup ofProcess(CodeFrame.Kind kind, String thread) {
    if (COMPILER_THREADS.stream().anyMatch(thread::startsWith)) {
      return JIT_COMPILER;
    }
    if (COLLECTOR_THREADS.stream().anyMatch(thread::startsWith)) {
      return COLLECTOR;
    }
    return switch (kind) {
      case COMPILED -> COMPILED;
      case GENERATED -> INTERPRETED;
      case JVM -> JVM;
      case CLOCK -> CLOCKS;
      case NATIVE, KERNEL -> NATIVE;
    };
  }

  private boolean lists(String function) {
    return prefixes.stream().anyMatch(prefix -> begins(function, prefix));
  }

  private static boolean begins(String function, String prefix) {
    int tag = prefix.indexOf(TAG);
    return tag < 0
        ? function.startsWith(prefix)
        : function.startsWith(prefix.substring(0, tag))
            && function.startsWith(prefix.substring(tag + 1), tag + TAG_LENGTH);
  }
}
