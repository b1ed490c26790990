package io.ringtap.fleet.broker;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Something that a user has to be allowed to do on a topic. It is asked for beforehand: what is
/// missing would be found out one by one, when it is used, and named as what Kafka wants first.
///
/// @param operation what is to be allowed
/// @param topic where
public record Right(AclOperation operation, String topic) {
  /// Finds out which of some rights this user does not have. A topic that is not there is passed
  /// over.
  ///
  /// @param admin the caller's, who closes it
  /// @return what each comes to, in the same order
  /// @throws BrokerException if no broker answers
  public static List<BrokerException> missing(
      Connection connection, Admin admin, List<Right> wanted)
      throws BrokerException, InterruptedException {
    List<BrokerException> missing = new ArrayList<>();
    var found =
        admin
            .describeTopics(
                wanted.stream().map(Right::topic).distinct().toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Right right : wanted) {
      try {
        TopicDescription topic = requireNonNull(found.get(right.topic)).get();
        if (!right.isAmong(topic.authorizedOperations())) {
          missing.add(right.explained(connection));
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicAuthorizationException) {
          missing.add(right.explained(connection));
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw connection.explain(e, right.operation, right.topic);
        }
      }
    }
    return missing;
  }

  /// Refuses to go on without all of some rights.
  ///
  /// @throws BrokerException for the first that is missing, or if no broker answers
  public static void check(Connection connection, Admin admin, List<Right> wanted)
      throws BrokerException, InterruptedException {
    List<BrokerException> missing = missing(connection, admin, wanted);
    if (!missing.isEmpty()) {
      throw missing.getFirst();
    }
  }

  /// @param allowed null if the broker does not say
  private boolean isAmong(@Nullable Set<AclOperation> allowed) {
    return allowed == null || allowed.contains(operation);
  }

  private BrokerException explained(Connection connection) {
    return connection.explain(new TopicAuthorizationException(Set.of(topic)), operation, topic);
  }
}
