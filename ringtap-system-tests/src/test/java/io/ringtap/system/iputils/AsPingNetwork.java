package io.ringtap.system.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Hosts of many kinds, and the command as `ping` beside iputils' own, started at the same time:
/// the same lines on both streams and the same exit code, but for times.
final class AsPingNetwork implements AutoCloseable {
  private static final long SEED = 20_221_126;

  private final NetworkNamespace namespace;
  private final NetworkNamespace neighbour;
  private final NetworkNamespace farther;
  private final VirtualHosts hosts;
  private final Command ringtap;

  AsPingNetwork() throws IOException {
    Requirement.root();
    Requirement.tool("ping");
    namespace = NetworkNamespace.create("as-ping");
    neighbour = NetworkNamespace.create("neighbour");
    farther = NetworkNamespace.create("farther");
    VethPair cable = VethPair.create(namespace, "v0", neighbour, "v1");
    cable.a().address("10.9.0.1/24").address("fd09::1/64");
    cable.b().address("10.9.0.2/24").address("fd09::2/64");
    VethPair farCable = VethPair.create(neighbour, "v2", farther, "v3");
    farCable.a().address("10.8.0.1/24");
    farCable.b().address("10.8.0.2/24");
    neighbour.forward();
    namespace.routes().via("10.8.0.0/24", "10.9.0.2");
    farther.routes().via("10.9.0.0/24", "10.8.0.1");
    neighbour.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
    hosts = VirtualHosts.start(namespace, "tun0", SEED);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    hosts.behave("10.1.0.2", HostBehaviour.SILENT);
    hosts.behave("fd00:1::2", HostBehaviour.SILENT);
    hosts.behave("10.1.0.3", HostBehaviour.PROMPT.duplicate(1, 2));
    hosts.behave("10.1.0.4", HostBehaviour.PROMPT.refuse(IcmpError.of(3, 1, "10.1.9.9")));
    hosts.behave("10.1.0.5", HostBehaviour.PROMPT.refuse(IcmpError.of(11, 0, "10.1.9.9")));
    hosts.behave("fd00:1::4", HostBehaviour.PROMPT.refuse(IcmpError.of(1, 3, "fd00:1::99")));
    hosts.behave("10.1.0.6", HostBehaviour.PROMPT.answerFrom(1, "10.1.9.8"));
    hosts.behave("10.1.0.7", HostBehaviour.PROMPT.wrongChecksum(1));
    hosts.behave("10.1.0.8", HostBehaviour.PROMPT.truncate(1, 20));
    hosts.behave("10.1.0.9", HostBehaviour.PROMPT.delay(Duration.ofMillis(450)));
    ringtap = new Command(namespace);
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  Command ringtap() {
    return ringtap;
  }

  @Override
  public void close() {
    hosts.close();
    namespace.close();
    neighbour.close();
    farther.close();
  }

  /// Runs both at the same time and compares them.
  Command.Result compare(Command ours, String... arguments) throws Exception {
    List<String> theirs = new ArrayList<>(ours.prefix());
    theirs.add("ping");
    theirs.addAll(List.of(arguments));
    Process ping = namespace.start(theirs.toArray(String[]::new));
    Command.Result result =
        ours.run(
            Stream.concat(Stream.of("as-ping"), Arrays.stream(arguments)).toArray(String[]::new));
    Command.Result expected = Command.finish(ping);

    boolean isPaced = List.of(arguments).contains("-f") || List.of(arguments).contains("-A");
    assertThat(withoutTimes(result.out(), isPaced))
        .isEqualTo(withoutTimes(expected.out(), isPaced));
    assertThat(result.err()).isEqualTo(expected.err());
    assertThat(result.exitCode()).isEqualTo(expected.exitCode());
    return result;
  }

  /// @param isPaced whether answers set the pace, so that it differs from run to run
  private static String withoutTimes(List<String> lines, boolean isPaced) {
    String text = withoutTimes(lines);
    return isPaced ? text.replaceAll("(, )?pipe \\d+", "") : text;
  }

  static String withoutTimes(List<String> lines) {
    return String.join("\n", lines)
        .replaceAll("\\b[0-9.]+(?= ?ms|/)", "T")
        .replaceAll("\\b\\d+(?= absolute)", "T")
        .replaceAll("(?m)\\t\\d+$", "\tT") // since the hop before
        .replaceAll("(?m)^\\[\\d+\\.\\d{6}]", "[T]")
        .replaceAll("(?m)^[ .E\b]+$", "dots");
  }
}
