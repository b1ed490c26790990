package io.ringtap.cli.fleet;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.broker.KafkaLog;
import io.ringtap.fleet.record.Topics;

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
