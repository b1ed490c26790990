package io.ringtap.system.fleet;

import static io.ringtap.system.fleet.StreamLab.PACKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.system.fleet.StreamLab.Account;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap capture --to kafka` over a real broker: other programs read the records, which have the
/// packets of a cable, and each packet is accounted for.
@RequiresRoot
class CaptureToKafkaTest {
  private static final String TOPIC = "ringtap.packets";

  @TempDir private Path folder;
  private StreamLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = StreamLab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /// Sends until there is a record: the capture has begun.
  private void awaitRecord() {
    Eventually.await(
        "there is a record",
        () -> {
          lab.send(20);
          return !lab.values(TOPIC).isEmpty();
        });
  }

  private static long captured(Command.Result result) {
    Matcher matcher =
        Pattern.compile("(\\d+) packets captured").matcher(String.join("\n", result.err()));
    assertThat(matcher.find()).as(result.toString()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /// The lines of a program that reads all records of the topic one after the other.
  private List<String> read(String... program) throws Exception {
    Path file = folder.resolve("all.pcapng");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] value : lab.values(TOPIC)) {
        out.write(value);
      }
    }
    Requirement.tool(program[0]);
    ProcessBuilder builder = new ProcessBuilder(program);
    builder.command().add(file.toString());
    return Command.finish(builder.start()).out();
  }

  @Test
  void recordsOneAfterTheOtherAreAFileThatOtherProgramsRead() throws Exception {
    Process process = lab.startToKafka("capture");
    awaitRecord();
    lab.send(33);
    Command.Result result = StreamLab.end(process);

    long captured = captured(result);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(Account.of(result)).isEqualTo(new Account(captured, captured, 0, 0));
    assertThat(lab.values(TOPIC)).hasSizeGreaterThan(1);
    assertThat(read("tshark", "-n", "-r")).hasSize((int) captured);
    List<String> lines = read("tcpdump", "-nn", "-r");
    assertThat(lines).hasSize((int) captured).allMatch(line -> line.contains("> 10.5.1.1.7: UDP"));
    assertThat(lines.stream().filter(line -> line.endsWith("length 33"))).hasSize(PACKETS);
  }

  @Test
  void countsWhatABrokerThatIsKilledDoesNotTake() throws Exception {
    Process process = lab.startToKafka("capture");
    awaitRecord();
    lab.broker().kill();
    lab.send(33);

    Command.Result result = StreamLab.end(process);

    Account account = Account.of(result);
    assertThat(account.written()).isEqualTo(captured(result));
    assertThat(account.sum()).isEqualTo(account.written());
    assertThat(account.delivered()).isPositive();
    assertThat(account.unknown()).isGreaterThanOrEqualTo(PACKETS);
    assertThat(result.err()).contains(account.delivered() + " packets written");
  }

  @Test
  void refusesWhatDoesNotFitBeforeItCaptures() throws Exception {
    assertThat(refusal("-w", folder.resolve("x.pcapng").toString()))
        .isEqualTo(
            "ringtap capture: --to kafka and -w exclude each other: packets of interfaces go to a"
                + " topic");
    assertThat(folder).isEmptyDirectory();
    assertThat(refusal("--rate")).contains("--to kafka and --rate exclude each other");
    assertThat(refusal("--print")).contains("--print");
  }

  private String refusal(String... words) throws IOException, InterruptedException {
    Command.Result result = Command.finish(lab.startToKafka("capture", words));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.err()).hasSize(1);
    return result.err().getFirst();
  }
}
