package io.ringtap.lab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.profile.CodeFrame.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionGroupTest {
  private static FunctionGroup ofKernel(String... functions) {
    List<CodeFrame> chain = new ArrayList<>();
    for (String function : functions) {
      chain.add(new CodeFrame(function, Kind.KERNEL));
    }
    chain.add(new CodeFrame("main", Kind.NATIVE));
    return FunctionGroup.of(chain, "a thread");
  }

  @ParameterizedTest
  @CsvSource({
    "LOCKS, _raw_spin_lock tpacket_rcv",
    "LOCKS, __pv_queued_spin_lock_slowpath _raw_spin_lock tpacket_rcv",
    "COPIES, rep_movs_alternative _copy_to_iter packet_recvmsg",
    "COPIES, memcpy skb_copy_bits tpacket_rcv",
    "PACKET_SOCKETS, tpacket_rcv __netif_receive_skb_core",
    "PACKET_SOCKETS, helper prb_fill_curr_block tpacket_rcv",
    "FLOW_HASHES, __siphash_unaligned __skb_get_hash_net tpacket_rcv",
    "MEMORY_OF_PACKETS, kmem_cache_free consume_skb packet_recvmsg",
    "FILTERS, bpf_prog_0123456789abcdef_filter packet_rcv",
    "LOAD, bpf_prog_0123456789abcdef_ringtap_load bpf_test_run_xdp_live",
    "LOAD, xdp_test_run_batch bpf_test_run_xdp_live",
    "SYSTEM_CALLS, do_syscall_64 entry_SYSCALL_64_after_hwframe",
    "OTHER_KERNEL, something do_syscall_64 entry_SYSCALL_64_after_hwframe"
  })
  void goesByTheInnermostFunctionThatIsListed(FunctionGroup group, String chain) {
    assertThat(ofKernel(chain.split(" ", -1))).isEqualTo(group);
  }

  @Test
  void tellsTheKindsOfAJvmsCodeApart() {
    List<CodeFrame> compiled = List.of(new CodeFrame("a.b.C.run", Kind.COMPILED));

    assertThat(FunctionGroup.of(compiled, "main")).isEqualTo(FunctionGroup.COMPILED);
    assertThat(FunctionGroup.of(List.of(new CodeFrame("Compile", Kind.JVM)), "C2 CompilerThre"))
        .isEqualTo(FunctionGroup.JIT_COMPILER);
    assertThat(FunctionGroup.of(List.of(new CodeFrame("x", Kind.JVM)), "GC Thread#0"))
        .isEqualTo(FunctionGroup.COLLECTOR);
    assertThat(FunctionGroup.of(List.of(), "main")).isEqualTo(FunctionGroup.NATIVE);
  }
}
