package io.ringtap.fleet.broker;

import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// What a topic is to be like.
///
/// @param name its name
/// @param partitions how many it gets when it is made; it may have another number
/// @param settings its configuration
public record TopicForm(String name, int partitions, Map<String, String> settings) {
  private static final int RESULT_PARTITIONS = 16;
  private static final int EVENT_PARTITIONS = 4;
  private static final int STREAM_PARTITIONS = 4;
  private static final int RESULT_DAYS = 7;
  private static final int EVENT_DAYS = 30;

  /// Takes copies.
  public TopicForm {
    settings = Map.copyOf(settings);
  }

  /// A topic of which the newest record of each key is kept.
  public static TopicForm compacted(String name, int partitions) {
    return new TopicForm(
        name,
        partitions,
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /// A topic whose records are deleted when they are so old.
  public static TopicForm ofDays(String name, int partitions, int days) {
    return new TopicForm(
        name,
        partitions,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Duration.ofDays(days).toMillis())));
  }

  /// The topics of jobs. Nobody reads what is older than a minute, and whoever takes part reads all
  /// of a topic.
  public static List<TopicForm> ofJobs(Topics topics) {
    return List.of(ofJobs(topics.jobs()), ofJobs(topics.jobResults()));
  }

  private static TopicForm ofJobs(String name) {
    return new TopicForm(
        name,
        1,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Duration.ofHours(1).toMillis())));
  }

  /// The topic of what `ringtap top` counts.
  public static TopicForm ofTop(Topics topics) {
    return ofDays(topics.top(), STREAM_PARTITIONS, RESULT_DAYS);
  }

  /// The topic of packets.
  public static TopicForm ofPackets(Topics topics) {
    return ofDays(topics.packets(), STREAM_PARTITIONS, RESULT_DAYS);
  }

  /// The topics that every fleet has.
  ///
  /// @param shards the partitions of the topic of targets
  public static List<TopicForm> ofFleet(Topics topics, int shards) {
    List<TopicForm> forms = new ArrayList<>(ofJobs(topics));
    Collections.addAll(
        forms,
        compacted(topics.targets(), shards),
        ofDays(topics.results(), RESULT_PARTITIONS, RESULT_DAYS),
        ofDays(topics.events(), EVENT_PARTITIONS, EVENT_DAYS),
        compacted(topics.agents(), 1));
    return List.copyOf(forms);
  }

  NewTopic request() {
    // As many replicas as the brokers give by default.
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
  }

  /// The command that makes it.
  String command() {
    StringBuilder command = new StringBuilder("kafka-topics --create --topic ").append(name);
    command.append(" --partitions ").append(partitions);
    new TreeMap<>(settings)
        .forEach(
            (key, value) -> command.append(" --config ").append(key).append('=').append(value));
    return command.toString();
  }
}
