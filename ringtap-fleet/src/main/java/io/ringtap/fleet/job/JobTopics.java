package io.ringtap.fleet.job;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.record.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.TopicConfig;

/// The topics of jobs. Nobody reads what is older than a minute.
public final class JobTopics {
  private static final String RETENTION_MILLIS = Long.toString(Duration.ofHours(1).toMillis());

  private JobTopics() {}

  /// What they are to be like.
  public static List<TopicForm> forms(Topics topics) {
    return List.of(form(topics.jobs()), form(topics.jobResults()));
  }

  /// One partition: whoever takes part reads all of it.
  private static TopicForm form(String name) {
    return new TopicForm(
        name,
        1,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            RETENTION_MILLIS));
  }

  /// Makes those that are missing.
  ///
  /// @throws BrokerException if that is not allowed, or no broker answers
  public static void make(Connection connection, Topics topics)
      throws BrokerException, InterruptedException {
    try (Admin admin = connection.admin()) {
      new TopicAdmin(connection, admin).make(forms(topics));
    }
  }
}
