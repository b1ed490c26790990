package io.ringtap.testnet.responder;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.MapDefinition;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.ebpf.kernel.XdpLink;
import io.ringtap.ebpf.kernel.XdpMode;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.Prefix;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Answers for every address of a prefix at the far end of a cable, before the kernel's stack sees
/// the requests: ICMP echo, TCP SYN and UDP to IPv4 addresses, ICMPv6 echo to IPv6 addresses. All
/// else, ARP among it, goes on to the stack, so the far end needs an address that the near
/// namespace can use as the prefix's gateway.
///
/// SYN-ACKs return the timestamps option if it follows a maximum segment size and two bytes of
/// padding. UDP datagrams come back as they are. IPv4 headers with options and IPv6 extension
/// headers are not answered.
///
/// Any thread may use it. Closing detaches it; so does the end of the process.
public final class XdpResponder implements AutoCloseable {
  /// The most addresses for which requests can be counted, which a rule with deaf ones needs.
  private static final int MOST_COUNTED = 1 << 20;

  private static final int IPV4_BITS = 32;

  private final EbpfMap counters;
  private final Deque<Runnable> open; // closes what was opened, the last first

  private XdpResponder(EbpfMap counters, Deque<Runnable> open) {
    this.counters = counters;
    this.open = open;
  }

  /// Attaches a responder to the end `b` of a cable. A program that passes everything is attached
  /// to the other end: without one, `veth(4)` does not take what XDP sends back.
  ///
  /// @param prefix of the addresses, such as `10.64.0.0/12`
  /// @throws IOException (a LinuxException) if the kernel refuses the programs
  /// @throws IllegalArgumentException if `prefix` is malformed, or too large for a rule with deaf
  ///   addresses
  public static XdpResponder attach(VethPair cable, String prefix, AnswerRule rule)
      throws IOException {
    Prefix addresses = Prefix.parse(prefix);
    Map<String, EbpfMap> maps = new LinkedHashMap<>();
    Deque<Runnable> open = new ArrayDeque<>();
    try {
      EbpfMap counters =
          map(MapDefinition.array("counters", Long.BYTES, ResponderCounter.values().length), open);
      maps.put(ResponderProgram.COUNTERS, counters);
      if (rule.deafPermille() > 0) {
        maps.put(
            ResponderProgram.REQUESTS,
            map(MapDefinition.array("requests", Long.BYTES, hosts(addresses)), open));
      }
      LoadedProgram answering =
          LoadedProgram.load(
              ResponderProgram.assemble(addresses, rule), ProgramType.XDP, "responder", maps);
      open.push(answering::close);
      LoadedProgram passing =
          LoadedProgram.load(
              new EbpfAssembler().move(EbpfRegister.R0, XdpAction.PASS.number()).exit().assemble(),
              ProgramType.XDP,
              "pass",
              Map.of());
      open.push(passing::close);
      open.push(attach(passing, cable.a())::close);
      open.push(attach(answering, cable.b())::close);
      return new XdpResponder(counters, open);
    } catch (IOException | RuntimeException e) {
      closeAll(open);
      throw e;
    }
  }

  private static EbpfMap map(MapDefinition definition, Deque<Runnable> open) throws IOException {
    EbpfMap map = EbpfMap.create(definition);
    open.push(map::close);
    return map;
  }

  private static XdpLink attach(LoadedProgram program, Link link) throws IOException {
    int index = link.index();
    return link.namespace().call(() -> XdpLink.attach(program, index, XdpMode.NATIVE));
  }

  private static int hosts(Prefix prefix) {
    int bits = IPV4_BITS - prefix.length();
    if (prefix.address().isIpv6() || 1L << bits > MOST_COUNTED) {
      throw new IllegalArgumentException(
          "requests are counted for IPv4 prefixes of up to " + MOST_COUNTED + " addresses");
    }
    return 1 << bits;
  }

  /// What has been answered and dropped so far.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public Map<ResponderCounter, Long> counters() throws IOException {
    Map<ResponderCounter, Long> result = new EnumMap<>(ResponderCounter.class);
    counters.forEach((slot, value) -> {
      for (ResponderCounter each : ResponderCounter.values()) {
        if (each.slot == slot.get(ValueLayout.JAVA_INT, 0)) {
          result.put(each, value.get(ValueLayout.JAVA_LONG, 0));
        }
      }
    });
    return result;
  }

  @Override
  public void close() {
    closeAll(open);
  }

  private static void closeAll(Deque<Runnable> open) {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
