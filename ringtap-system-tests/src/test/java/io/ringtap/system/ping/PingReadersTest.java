package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Programs that run ping and read what it prints get the same from `ringtap ping`. Each finds the
/// four times, by itself, in the output of both.
class PingReadersTest {
  private static final String TIMES = "\\d+\\.\\d{3}";

  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeEach
  void makeNamespace() throws IOException {
    Requirement.root();
    Requirement.tool("ping");
    namespace = NetworkNamespace.create("readers");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  private interface Reader {
    void read(List<String> lines) throws Exception;
  }

  /// Shows a reader the output of ping and of ringtap.
  private void both(Reader reader) throws Exception {
    Process ping = namespace.start("ping", "-c", "3", "-i", "0.2", "127.0.0.1");
    reader.read(Command.finish(ping).out());
    reader.read(ringtap.run("ping", "-c", "3", "-i", "200ms", "127.0.0.1").out());
  }

  @Test
  void averageIsTheFifthFieldOfTheLastLine() throws Exception {
    both(lines -> {
      String[] fields = lines.getLast().split("/", -1);
      assertThat(fields[4]).matches(TIMES);
      assertThat(lines.getLast())
          .matches("rtt min/avg/max/mdev = " + "(%1$s/){3}%1$s ms".formatted(TIMES));
    });
  }

  @Test
  void firstFourNumbersWithSlashesAreTheTimes() throws Exception {
    Pattern numbers = Pattern.compile("(\\d+.\\d+)/(\\d+.\\d+)/(\\d+.\\d+)/(\\d+.\\d+)");
    both(lines -> {
      List<MatchResult> found = numbers.matcher(String.join("\n", lines)).results().toList();
      String last = lines.getLast();

      assertThat(found).hasSize(1);
      assertThat(last).contains(" = " + found.getFirst().group() + " ms");
      assertThat(Double.parseDouble(found.getFirst().group(1)))
          .isLessThanOrEqualTo(Double.parseDouble(found.getFirst().group(3)));
    });
  }

  @Test
  void fourthWordOfTheLineWithMinAvgMaxHasTheTimes() throws Exception {
    both(lines -> {
      List<String> found = lines.stream().filter(it -> it.contains("min/avg/max")).toList();
      assertThat(found).hasSize(1);
      assertThat(found.getFirst().split(" ", -1)[3].split("/", -1))
          .hasSize(4)
          .allMatch(it -> it.matches(TIMES));
      assertThat(lines)
          .anyMatch(it -> it.startsWith("3 packets transmitted, 3 received, 0% packet loss"));
      assertThat(lines.stream().filter(it -> it.contains(" ttl=64 time="))).hasSize(3);
    });
  }
}
