package io.ringtap.system.fping;

import io.ringtap.cli.fping.FpingCommand;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A namespace with hosts that answer in all the ways that fping tells apart, and the two programs
/// in it: fping as a process, and ours in this one.
///
/// | address | what it does |
/// | --- | --- |
/// | `10.1.0.*`, `fd00:1::*` | answer at once |
/// | `10.1.1.*` | are silent |
/// | `10.1.2.*` | answer twice |
/// | `10.1.3.*` | answer from `10.1.9.9` |
/// | `10.1.4.*` | are unreachable, says `10.1.0.254` |
/// | `10.1.5.*` | answer after 20 ms |
/// | `10.1.6.*` | answer after 150 ms |
/// | `10.1.7.*` | answer after 700 ms |
/// | `fd00:1:4::*` | have no route, says `fd00:1::fe` |
/// | `203.0.113.*` | have no route here |
final class FpingNetwork implements AutoCloseable {
  /// What a program has said, and how it ended.
  record Said(int exitCode, List<String> out, List<String> err) {
    /// The same with `T` for each time of a reply, and words for times of day.
    Said withoutTimes() {
      return new Said(exitCode, withoutTimes(out), withoutTimes(err));
    }

    private static List<String> withoutTimes(List<String> lines) {
      return lines.stream()
          .map(line ->
              line.replaceAll("(?<![\\d.])\\d+\\.\\d{1,3}(?![\\d.])", "T")
                  .replaceAll("\\[\\d\\d:\\d\\d:\\d\\d]", "[HH:MM:SS]")
                  .replaceAll("\\[\\d{10}\\.\\d{5}]", "[STAMP]"))
          .toList();
    }
  }

  final NetworkNamespace namespace;
  private final VirtualHosts hosts;

  FpingNetwork(String label) throws IOException {
    Requirement.root();
    Requirement.tool("fping");
    namespace = NetworkNamespace.create(label);
    hosts = VirtualHosts.start(namespace, "tun0", 55);
    hosts.link().address("192.0.2.1/32").address("2001:db8::1/128");
    hosts.own("10.1.0.0/16").own("fd00:1::/32");
    HostBehaviour prompt = HostBehaviour.PROMPT;
    hosts
        .behave("10.1.1.0/24", HostBehaviour.SILENT)
        .behave("10.1.2.0/24", prompt.duplicate(1, 1))
        .behave("10.1.3.0/24", prompt.answerFrom(1, "10.1.9.9"))
        .behave("10.1.4.0/24", prompt.refuse(IcmpError.of(3, 1, "10.1.0.254")))
        .behave("10.1.5.0/24", prompt.delay(Duration.ofMillis(20)))
        .behave("10.1.6.0/24", prompt.delay(Duration.ofMillis(150)))
        .behave("10.1.7.0/24", prompt.delay(Duration.ofMillis(700)))
        .behave("fd00:1:4::/48", prompt.refuse(IcmpError.of(1, 0, "fd00:1::fe")));
  }

  /// Runs fping.
  Process start(String... arguments) throws IOException {
    String[] words = Stream.concat(Stream.of("fping"), Stream.of(arguments)).toArray(String[]::new);
    Process process = namespace.start(words);
    process.getOutputStream().close();
    return process;
  }

  /// Waits for its end.
  static Said finish(Process fping) throws InterruptedException {
    Command.Result result = Command.finish(fping);
    return new Said(result.exitCode(), result.out(), result.err());
  }

  /// Runs ours, in this process.
  Said ours(String... arguments) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = namespace.call(() -> FpingCommand.run(arguments, out, err));
    return new Said(code, lines(out), lines(err));
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    hosts.close();
    namespace.close();
  }
}
