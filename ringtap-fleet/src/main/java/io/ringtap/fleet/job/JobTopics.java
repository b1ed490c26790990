package io.ringtap.fleet.job;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.Right;
import io.ringtap.fleet.broker.TopicAdmin;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.record.Topics;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/// The topics of jobs, which whoever needs them first makes.
public final class JobTopics {
  private JobTopics() {}

  /// Makes those that are missing.
  ///
  /// @param rights that their user is to have then
  /// @throws BrokerException if that is not allowed, or no broker answers
  public static void make(Connection connection, Topics topics, List<Right> rights)
      throws BrokerException, InterruptedException {
    try (Admin admin = connection.admin()) {
      Right.check(connection, admin, rights);
      new TopicAdmin(connection, admin).make(TopicForm.ofJobs(topics));
    }
  }
}
