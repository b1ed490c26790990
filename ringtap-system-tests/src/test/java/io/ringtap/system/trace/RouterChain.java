package io.ringtap.system.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.trace.TraceListener;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A source, two routers and a target in a row: cable `i` leads from `down` of the `i`-th to `up`
/// of the next, with the addresses `10.77.i.1` and `10.77.i.2`, `2001:db8:i::1` and `…::2`. Routers
/// answer without a limit.
final class RouterChain implements AutoCloseable {
  static final String TARGET = "10.77.2.2";

  private final List<NetworkNamespace> chain = new ArrayList<>();

  private RouterChain() {}

  static RouterChain open() throws IOException {
    RouterChain opened = new RouterChain();
    try {
      opened.make();
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void make() throws IOException {
    for (String name : new String[] {"source", "first", "second", "target"}) {
      NetworkNamespace namespace = NetworkNamespace.create(name);
      chain.add(namespace);
      namespace.forward();
      namespace.sysctl("net.ipv4.icmp_ratelimit", "0");
      namespace.sysctl("net.ipv6.icmp.ratelimit", "0");
    }
    for (int i = 0; i < 3; i++) {
      VethPair cable = VethPair.create(chain.get(i), "down", chain.get(i + 1), "up");
      cable.a().up().address("10.77." + i + ".1/24").address("2001:db8:" + i + "::1/64");
      cable.b().up().address("10.77." + i + ".2/24").address("2001:db8:" + i + "::2/64");
    }
    for (int i = 0; i < 2; i++) {
      chain.get(i).routes().via("10.77.2.0/24", "10.77." + i + ".2");
      chain.get(i).routes().via("2001:db8:2::/64", "2001:db8:" + i + "::2");
    }
    chain.get(3).routes().via("10.77.1.0/24", "10.77.2.1");
    for (int i = 2; i < 4; i++) {
      chain.get(i).routes().via("10.77.0.0/24", "10.77." + (i - 1) + ".1");
      chain.get(i).routes().via("2001:db8:0::/64", "2001:db8:" + (i - 1) + "::1");
    }
  }

  NetworkNamespace source() {
    return chain.getFirst();
  }

  NetworkNamespace first() {
    return chain.get(1);
  }

  NetworkNamespace second() {
    return chain.get(2);
  }

  /// Traces the target from the source.
  TraceReport trace(TraceOptions options, TraceListener listener) throws IOException {
    return trace(TARGET, options, listener);
  }

  TraceReport trace(String target, TraceOptions options, TraceListener listener)
      throws IOException {
    try (Tracer tracer = source().call(() -> Tracer.open(options))) {
      List<IpAddress> targets = List.of(IpAddress.parse(target));
      return source().call(() -> tracer.trace(targets, listener)).join().getFirst();
    }
  }

  /// Runs a program to its end, which must be a good one.
  ///
  /// @return its output
  static List<String> run(NetworkNamespace namespace, String... command)
      throws IOException, InterruptedException {
    Process process = namespace.process(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
    return output.lines().toList();
  }

  @Override
  public void close() {
    chain.forEach(NetworkNamespace::close);
  }
}
