package io.ringtap.monitor.target;

import static io.ringtap.monitor.target.Watching.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.TargetSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpansionTest {
  @TempDir Path folder;

  @Test
  void expandsWhatIsWrittenAndListedToSingleHosts() throws Exception {
    Path list = file("hosts.txt", "2001:DB8::1 # written otherwise\nb.example 10.0.0.0/31\n");
    Path sd =
        file("sd.json", "[{\"targets\": [\"c.example:9100\"], \"labels\": {\"rack\": \"r7\"}}]");

    Expansion expansion =
        Expansion.of(
            List.of(
                group(
                    "a",
                    new TargetSource.Written("10.0.0.1-10.0.0.2", null, Map.of()),
                    new TargetSource.Written("fe80::1%eth0", "edge", Map.of("site", "own")),
                    new TargetSource.ListFile(list),
                    new TargetSource.FileSd(sd.resolveSibling("*.json")))));

    assertThat(expansion.hosts())
        .extracting(host -> host.host() + " " + host.name() + " " + host.labels())
        .containsExactly(
            "10.0.0.1 10.0.0.1 {site=here}",
            "10.0.0.2 10.0.0.2 {site=here}",
            "fe80::1%eth0 edge {site=own}",
            "2001:db8::1 2001:DB8::1 {site=here}",
            "b.example b.example {site=here}",
            "10.0.0.0 10.0.0.0 {site=here}",
            "c.example c.example {rack=r7, site=here}");
    assertThat(expansion.problems()).isEmpty();
    assertThat(expansion.notices())
        .containsExactly("group a: 10.0.0.1 is listed more than once; the first counts");
  }

  @Test
  void namesEverySourceThatCannotBeRead() throws Exception {
    Path bad = file("bad.txt", "a.example\n10.0.0.0/33\n");
    Path none = folder.resolve("none-*.yml");

    Expansion expansion =
        Expansion.of(
            List.of(
                group(
                    "a",
                    new TargetSource.ListFile(bad),
                    new TargetSource.FileSd(none),
                    new TargetSource.HttpSd(
                        URI.create("http://127.0.0.1:1/"), Duration.ofMinutes(1)))));

    assertThat(expansion.problems())
        .containsExactly(
            bad + ":2: '10.0.0.0/33' is no target: the prefix length must be 0 to 32",
            none + ": no such file",
            "http://127.0.0.1:1/: no connection");
  }

  @Test
  void refusesMoreTargetsThanAFileMayHave() throws Exception {
    Path many = file("many.txt", "10.0.0.0/15 10.4.0.0/15");

    Expansion expansion = Expansion.of(List.of(group("a", new TargetSource.ListFile(many))));

    assertThat(expansion.problems())
        .containsExactly("group a: with '10.4.0.0/15' there are more than 200000 targets");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
