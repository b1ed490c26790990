package io.ringtap.cli.fleet;

import static java.util.Objects.requireNonNull;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.KafkaLog;
import io.ringtap.fleet.broker.TopicForm;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.stream.RecordStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes of the arguments what the fleet's module wants. It is loaded only by what runs.
public final class KafkaAccess {
  private KafkaAccess() {}

  /// How to get at the cluster. Nothing is connected yet. What Kafka's clients log from now on
  /// becomes messages.
  ///
  /// @throws BadArgument if the arguments, or the file, are wrong
  public static Connection connection(KafkaArguments arguments, Messages messages)
      throws BadArgument {
    KafkaLog.showIn(messages::print);
    try {
      return Connection.of(arguments.bootstrap, arguments.clientConfig);
    } catch (BrokerException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// The topics of the fleet.
  ///
  /// @throws BadArgument if topics cannot have such names
  public static Topics topics(KafkaArguments arguments) throws BadArgument {
    try {
      return Topics.parse(arguments.prefix);
    } catch (IllegalArgumentException e) {
      throw new BadArgument("--topics: " + e.getMessage());
    }
  }

  /// Who writes from here.
  ///
  /// @param name null for the name of this machine
  /// @return site and name, checked, in a run that begins now
  /// @throws BadArgument if one of them cannot be a name
  static Origin origin(String site, @Nullable String name)
      throws BadArgument, UnknownHostException {
    String writer = name == null ? InetAddress.getLocalHost().getHostName() : name;
    try {
      return new Origin(
          Origin.checkedName(site), Origin.checkedName(writer), System.currentTimeMillis(), 1);
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }

  /// Opens what a command writes to a topic. What Kafka's clients log from now on becomes messages.
  ///
  /// @param form of the topic, which is made if it is not there
  /// @throws BadArgument if the arguments, or the file, are wrong
  /// @throws BrokerException if the cluster does not answer, or something is not allowed
  public static FleetStream stream(
      StreamArguments arguments, Function<Topics, TopicForm> form, Messages messages)
      throws BadArgument, IOException, InterruptedException {
    Origin origin = origin(requireNonNull(arguments.site), arguments.name);
    Topics topics = topics(arguments.kafka());
    Connection connection = connection(arguments.kafka(), messages);
    check(connection);
    return new FleetStream(origin, RecordStream.open(connection, form.apply(topics)));
  }

  /// Finds out whether the cluster answers.
  ///
  /// @throws BadArgument if the properties of the file are wrong
  /// @throws BrokerException if it does not answer
  public static void check(Connection connection)
      throws BadArgument, BrokerException, InterruptedException {
    try {
      connection.check();
    } catch (BrokerException e) {
      if (e.kind() == BrokerException.Kind.CONFIGURATION) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }
}
