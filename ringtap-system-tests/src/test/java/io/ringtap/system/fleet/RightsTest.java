package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.Main;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.record.Topics;
import io.ringtap.system.Command;
import io.ringtap.testbroker.BrokerSetup;
import io.ringtap.testbroker.TestBroker;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each role may do, by an authorizer: with the rights that are documented it works, and
/// without any of them a message names the one that is missing.
@RequiresRoot
class RightsTest {
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
  private static final Path DOCUMENT = Path.of("..", "docs", "fleet.md");
  private static final int ALL = -1; // the number of the right that is left out: none
  private static final Pattern PASSWORD = Pattern.compile("password=\"([^\"]+)\"");

  private static final Queue<String> said = new ConcurrentLinkedQueue<>();
  private static final Queue<String> logged = new ConcurrentLinkedQueue<>(); // by anybody
  private static final Handler LISTENER =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line.getMessage() + line.getThrown());
          if (line.getLevel().intValue() >= Level.WARNING.intValue()
              && String.valueOf(line.getLoggerName()).startsWith("io.ringtap.fleet")) {
            said.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private static Logger logger;
  private static TestBroker broker;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    BrokerSetup setup = new BrokerSetup();
    List<AclBinding> bindings = new ArrayList<>();
    for (Role role : Role.values()) {
      for (int left = ALL; left < role.rights().size(); left++) {
        setup.user(user(role, left));
        for (int i = 0; i < role.rights().size(); i++) {
          if (i != left) {
            bindings.add(binding(named(role.rights().get(i), role, left), user(role, left)));
          }
        }
      }
    }
    broker = setup.start();
    Connection open = Connection.of(List.of(broker.openBootstrap()), null);
    admin = open.admin();
    admin.createAcls(bindings).all().get();
    new TopicAdmin(open, admin).make(TopicForm.ofFleet(TOPICS, 2));
    new TopicAdmin(open, admin).make(List.of(TopicForm.ofTop(TOPICS), TopicForm.ofPackets(TOPICS)));
    Role.APPLY.run(new Role.Task(open, TOPICS, "any", said::add, () -> true));
    assertThat(said).isEmpty();
    logger = Logger.getLogger("");
    logger.addHandler(LISTENER);
  }

  @AfterAll
  static void end() {
    logger.removeHandler(LISTENER);
    admin.close();
    broker.close();
  }

  /// @param left the number of the right that the user does not have
  private static String user(Role role, int left) {
    String name = role.words().replace(' ', '-');
    return left == ALL ? name : name + "-" + left;
  }

  /// Each user of an agent has a site of its own, and who makes topics a prefix.
  private static String named(String right, Role role, int left) {
    String text = right.replace("SITE", user(role, left));
    return role == Role.FIRST_APPLY ? text.replace("ringtap", user(role, left)) : text;
  }

  private static AclBinding binding(String right, String user) {
    String[] words = right.split(" ", -1);
    boolean isPrefix = words[2].endsWith("*");
    return new AclBinding(
        new ResourcePattern(
            ResourceType.valueOf(words[1].toUpperCase(Locale.ROOT)),
            isPrefix ? words[2].substring(0, words[2].length() - 1) : words[2],
            isPrefix ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + user,
            "*",
            AclOperation.valueOf(words[0].toUpperCase(Locale.ROOT)),
            AclPermissionType.ALLOW));
  }

  private static List<String> run(Role role, int left, Eventually.Condition isEnough)
      throws Exception {
    said.clear();
    logged.clear();
    String user = user(role, left);
    Topics topics = role == Role.FIRST_APPLY ? new Topics(user) : TOPICS;
    Connection connection = Connection.of(List.of(broker.bootstrap()), broker.clientFile(user));
    try {
      role.run(new Role.Task(connection, topics, user, said::add, isEnough));
    } catch (IOException e) {
      said.add(String.valueOf(e.getMessage()));
    }
    logged.addAll(said);
    String secret = password(user);
    assertThat(logged).isNotEmpty().noneMatch(line -> line.contains(secret));
    return List.copyOf(said);
  }

  private static String password(String user) throws IOException {
    Matcher password = PASSWORD.matcher(Files.readString(broker.clientFile(user)));
    assertThat(password.find()).isTrue();
    return password.group(1);
  }

  /// Whether something of a role can be seen by others.
  private static boolean works(Role role) throws Exception {
    return switch (role) {
      case AGENT -> hasRecords(TOPICS.results()) && hasRecords(TOPICS.agents());
      case READER_WITH_DESTINATIONS ->
          admin.listGroups().all().get().stream()
              .anyMatch(each ->
                  each.groupId().equals(TOPICS.alertGroup())
                      && each.groupState().orElseThrow() == GroupState.STABLE);
      default -> true; // that it ends without an exception
    };
  }

  private static boolean hasRecords(String topic) throws Exception {
    for (TopicPartition each : partitions(topic)) {
      if (admin.listOffsets(Map.of(each, OffsetSpec.latest())).partitionResult(each).get().offset()
          > 0) {
        return true;
      }
    }
    return false;
  }

  private static List<TopicPartition> partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .stream()
        .map(each -> new TopicPartition(topic, each.partition()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void areEnough(Role role) throws Exception {
    assertThat(run(role, ALL, () -> works(role))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void areNamedWhenOneIsMissing(Role role) throws Exception {
    for (int left = 0; left < role.rights().size(); left++) {
      String[] words = named(role.rights().get(left), role, left).split(" ", -1);
      String wanted = "needs an ACL that allows " + words[0];
      String where = words[2].endsWith("*") ? "" : words[1] + " " + words[2];
      String missing = role.rights().get(left);

      List<String> lines =
          run(
              role,
              left,
              () -> said.stream().anyMatch(line -> line.contains(wanted) && line.contains(where)));

      assertThat(lines)
          .as("%s without %s", role, missing)
          .anyMatch(line -> line.contains(wanted) && line.contains(where));
    }
  }

  @Test
  void areThoseOfTheDocumentation() throws Exception {
    Map<String, List<String>> documented = new TreeMap<>();
    boolean isTable = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      isTable = line.startsWith("| role |") || (isTable && line.startsWith("|"));
      if (isTable && line.contains("`")) {
        String[] cells = line.split("\\|", -1);
        documented.put(
            cells[1].strip(),
            Pattern.compile("`([^`]+)`")
                .matcher(cells[2])
                .results()
                .map(it -> it.group(1))
                .toList());
      }
    }

    Map<String, List<String>> tested = new TreeMap<>();
    for (Role role : Role.values()) {
      tested.put(role.words(), role.rights());
    }

    assertThat(documented).isEqualTo(tested);
  }

  @Test
  void doNotShowPasswords() throws Exception {
    String user = user(Role.STATUS, 0);
    Process process =
        new ProcessBuilder(
                Java.command(
                    Main.class,
                    "fleet",
                    "status",
                    "--json",
                    "--bootstrap",
                    broker.bootstrap(),
                    "--client-config",
                    broker.clientFile(user).toString()))
            .start();
    String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    Command.Result result = Command.finish(process);
    List<String> shown = new ArrayList<>(result.out());
    shown.addAll(result.err());
    shown.add(commandLine);
    String secret = password(user);

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).anyMatch(line -> line.contains("not authorized for topic"));
    assertThat(shown).noneMatch(line -> line.contains(secret));
  }
}
