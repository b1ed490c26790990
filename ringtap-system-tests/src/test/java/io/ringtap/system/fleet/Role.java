package io.ringtap.system.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.agent.Agent;
import io.ringtap.fleet.agent.AgentListener;
import io.ringtap.fleet.agent.AgentSetup;
import io.ringtap.fleet.agent.AllowList;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.job.call.JobName;
import io.ringtap.fleet.job.call.SweepCall;
import io.ringtap.fleet.job.message.Space;
import io.ringtap.fleet.job.message.SweepTask;
import io.ringtap.fleet.plan.Outcome;
import io.ringtap.fleet.plan.TargetTopic;
import io.ringtap.fleet.reader.FleetMonitor;
import io.ringtap.fleet.reader.ReaderSetup;
import io.ringtap.fleet.record.TargetRecord;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.status.StatusReader;
import io.ringtap.fleet.stream.RecordStream;
import io.ringtap.monitor.MetricsForm;
import io.ringtap.monitor.MonitorSetup;
import io.ringtap.monitor.config.DeliveryConfig;
import io.ringtap.monitor.config.MonitorConfig;
import io.ringtap.monitor.config.ProbeSettings;
import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.config.WebConfig;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.KeptAnswer;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// What somebody does with a fleet, and the rights that this takes, none of which can be spared.
enum Role {
  APPLY("Read topic ringtap.targets", "Write topic ringtap.targets") {
    @Override
    void run(Task task) throws Exception {
      write(task);
    }
  },
  FIRST_APPLY("Write topic ringtap.targets", "Create topic ringtap.*", "Describe topic ringtap.*") {
    @Override
    void run(Task task) throws Exception {
      write(task);
    }
  },
  AGENT(
      "Read topic ringtap.targets",
      "Read group ringtap-agents-SITE",
      "Write topic ringtap.results",
      "Write topic ringtap.events",
      "Write topic ringtap.agents",
      "Read topic ringtap.jobs",
      "Write topic ringtap.job-results") {
    @Override
    void run(Task task) throws Exception {
      AgentSetup setup =
          new AgentSetup(
              task.connection(),
              task.topics(),
              task.site(),
              "a",
              1,
              AllowList.parse(List.of("127.0.0.0/8")),
              false,
              null,
              1 << 20,
              true,
              1_000,
              "0");
      AgentListener listener =
          new AgentListener() {
            @Override
            public void onShare(int shards, int targets) {}

            @Override
            public void onFailure(String why) {
              task.said().accept(why);
            }
          };
      try (Agent _ = Agent.start(setup, listener)) {
        task.await();
      }
    }
  },
  READER(
      "Read topic ringtap.targets",
      "Read topic ringtap.agents",
      "Read topic ringtap.results",
      "Read topic ringtap.events") {
    @Override
    void run(Task task) throws Exception {
      read(task, DeliveryConfig.NONE);
    }
  },
  READER_WITH_DESTINATIONS(
      "Read topic ringtap.targets",
      "Read topic ringtap.agents",
      "Read topic ringtap.results",
      "Read topic ringtap.events",
      "Read group ringtap-alerts") {
    @Override
    void run(Task task) throws Exception {
      read(
          task,
          new DeliveryConfig(
              List.of(),
              List.of(URI.create("http://127.0.0.1:1/")), // there is nothing to deliver
              List.of(),
              Duration.ofMinutes(1),
              List.of()));
    }
  },
  CALLER("Write topic ringtap.jobs", "Read topic ringtap.job-results") {
    @Override
    void run(Task task) throws Exception {
      SweepTask sweep =
          new SweepTask(
              new Space(List.of(IpRange.parse("127.0.0.1")), List.of(), List.of()),
              List.of(),
              7,
              SweepOptions.DEFAULT,
              new SweepTask.Wish(false, false));
      try (SweepCall call =
          SweepCall.open(
              task.connection(), task.topics(), JobName.random(), List.of("none"), sweep, 10)) {
        call.run(
            new SweepCall.Listener() {
              @Override
              public void onAnswers(List<KeptAnswer> answers) {}

              @Override
              public void onNote(String line) {}
            });
        assertThat(call.standing().problems()).containsExactly("no agent has answered");
      }
    }
  },
  TOP("Write topic ringtap.top") {
    @Override
    void run(Task task) throws Exception {
      stream(task, TopicForm.ofTop(task.topics()));
    }
  },
  CAPTURE("Write topic ringtap.packets") {
    @Override
    void run(Task task) throws Exception {
      stream(task, TopicForm.ofPackets(task.topics()));
    }
  },
  STATUS(
      "Read topic ringtap.targets",
      "Read topic ringtap.agents",
      "Describe topic ringtap.results",
      "Describe topic ringtap.events",
      "Describe group ringtap-agents-SITE") {
    @Override
    void run(Task task) throws Exception {
      try (StatusReader reader = StatusReader.open(task.connection(), task.topics())) {
        assertThat(reader.read(List.of(task.site())).sites()).hasSize(1);
      }
    }
  };

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What is to be done, and by whom.
  ///
  /// @param said takes what a user would be shown
  /// @param isEnough whether what goes on may end
  record Task(
      Connection connection,
      Topics topics,
      String site,
      Consumer<String> said,
      Eventually.Condition isEnough) {
    void await() {
      assertThat(Eventually.within(PATIENCE, isEnough)).as(site).isTrue();
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
  private final List<String> rights;

  Role(String... rights) {
    this.rights = List.of(rights);
  }

  /// As `OPERATION topic|group NAME`; a name that ends with `*` stands for all that begin so.
  List<String> rights() {
    return rights;
  }

  /// Does it, until it is done or enough.
  ///
  /// @throws Exception whose message a user would be shown
  abstract void run(Task task) throws Exception;

  /// Its name in the documentation.
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void write(Task task) throws Exception {
    String host = "127.0.0." + (1 + Math.floorMod(task.site().hashCode(), 250));
    TargetRecord target =
        new TargetRecord("core", host, host, Map.of(), List.of(), ProbeSettings.DEFAULT, List.of());
    try (TargetTopic topic = TargetTopic.open(task.connection(), task.topics())) {
      Outcome outcome = topic.write(topic.plan(List.of(target), 2, false), 2, () -> false);
      if (outcome.why() != null) {
        task.said().accept(outcome.why());
      }
    }
  }

  private static void stream(Task task, TopicForm form) throws Exception {
    try (RecordStream stream = RecordStream.open(task.connection(), form)) {
      stream.write(new byte[0], new byte[0], 1);
      Eventually.await("it is delivered", () -> stream.counts().isComplete());
    }
  }

  private static void read(Task task, DeliveryConfig delivery)
      throws IOException, InterruptedException {
    MonitorConfig config =
        new MonitorConfig(
            List.of(),
            StoreConfig.DEFAULT,
            delivery,
            new WebConfig("127.0.0.1:0", null, List.of(), Map.of()));
    MonitorSetup setup =
        new MonitorSetup(config, null, next -> next, new MetricsForm("ringtap", true), "0");
    try (FleetMonitor _ =
        FleetMonitor.open(
            new ReaderSetup(setup, task.connection(), task.topics()),
            _ -> {},
            failure -> task.said().accept("failed: " + failure))) {
      task.await();
    }
  }
}
