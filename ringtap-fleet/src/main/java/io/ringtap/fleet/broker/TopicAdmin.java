package io.ringtap.fleet.broker;

import static java.util.Objects.requireNonNull;

import io.ringtap.fleet.broker.BrokerException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes topics and looks at them. One thread uses it.
public final class TopicAdmin {
  private static final int LOOKS = 50;
  private static final long LOOK_MILLIS = 100;

  private final Connection connection;
  private final Admin admin;

  /// @param admin the caller's, who closes it
  public TopicAdmin(Connection connection, Admin admin) {
    this.connection = connection;
    this.admin = admin;
  }

  /// Finds out how many partitions each topic has.
  ///
  /// @throws BrokerException of the kind TOPIC if there is none of that name; NOT_AUTHORIZED if
  ///   Describe is not allowed, which Read and Write imply
  public Map<String, Integer> partitions(Collection<String> topics)
      throws BrokerException, InterruptedException {
    Map<String, Integer> partitions = new HashMap<>();
    for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
      TopicDescription description =
          connection.await(topic.getValue(), AclOperation.DESCRIBE, topic.getKey());
      partitions.put(topic.getKey(), description.partitions().size());
    }
    return partitions;
  }

  /// Which of these topics there are none of.
  ///
  /// @throws BrokerException if a topic may not be looked at
  public List<TopicForm> missing(List<TopicForm> forms)
      throws BrokerException, InterruptedException {
    List<TopicForm> missing = new ArrayList<>();
    var found =
        admin.describeTopics(forms.stream().map(TopicForm::name).toList()).topicNameValues();
    for (TopicForm form : forms) {
      KafkaFuture<TopicDescription> description = requireNonNull(found.get(form.name()));
      try {
        TopicDescription _ = description.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw connection.explain(e, AclOperation.DESCRIBE, form.name());
        }
        missing.add(form);
      }
    }
    return missing;
  }

  /// Makes the topics that are missing, and checks that the others are of the right form.
  ///
  /// @throws BrokerException if that is not allowed, with the command that an administrator may
  ///   use; or if a topic has another cleanup policy
  public void make(List<TopicForm> forms) throws BrokerException, InterruptedException {
    List<TopicForm> missing = missing(forms);
    var made = admin.createTopics(missing.stream().map(TopicForm::request).toList()).values();
    for (TopicForm form : missing) {
      try {
        Void _ = requireNonNull(made.get(form.name())).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException) {
          throw new BrokerException(
              Kind.NOT_AUTHORIZED,
              "there is no topic %s, and this user needs an ACL that allows Create to make it: an administrator can, with '%s'"
                  .formatted(form.name(), form.command()),
              e);
        }
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw connection.explain(e, AclOperation.CREATE, form.name());
        }
      }
    }
    awaitMade(missing);
    List<TopicForm> old = new ArrayList<>(forms);
    old.removeAll(missing);
    check(old);
  }

  /// A broker may not yet know what the controller has made.
  private void awaitMade(List<TopicForm> made) throws BrokerException, InterruptedException {
    List<TopicForm> unknown = made;
    for (int look = 0; look < LOOKS && !unknown.isEmpty(); look++) {
      unknown = missing(unknown);
      if (!unknown.isEmpty()) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  /// Checks the cleanup policy, without which targets would be lost some day. Who may not see it is
  /// not kept from going on.
  private void check(List<TopicForm> forms) throws BrokerException, InterruptedException {
    Map<ConfigResource, TopicForm> resources = new HashMap<>();
    for (TopicForm form : forms) {
      resources.put(new ConfigResource(ConfigResource.Type.TOPIC, form.name()), form);
    }
    var configs = admin.describeConfigs(resources.keySet()).values();
    for (var resource : resources.entrySet()) {
      TopicForm form = resource.getValue();
      String key = TopicConfig.CLEANUP_POLICY_CONFIG;
      String wanted = form.settings().get(key);
      try {
        Config config = requireNonNull(configs.get(resource.getKey())).get();
        String actual = config.get(key).value();
        if (wanted != null && !actual.equals(wanted)) {
          throw new BrokerException(
              Kind.TOPIC,
              "topic %s has %s=%s and needs %4$s: use a prefix of its own (--topics), or have it altered with 'kafka-configs --alter --topic %1$s --add-config %2$s=%4$s'"
                  .formatted(form.name(), key, actual, wanted));
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
          throw connection.explain(e, AclOperation.DESCRIBE_CONFIGS, form.name());
        }
      }
    }
  }
}
