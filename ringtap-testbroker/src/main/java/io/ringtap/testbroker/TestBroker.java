package io.ringtap.testbroker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A running Kafka cluster of one broker or several, each a process of its own. Topics are not made
/// by using them.
///
/// The processes end and the files are deleted when it is closed, and also when the JVM ends
/// without that, even if it is killed. Any thread may use this class, one at a time.
public final class TestBroker implements AutoCloseable {
  private static final long CLEANING_SECONDS = 30;

  private final Path folder;
  private final List<BrokerProcess> brokers;
  private final Process cleaner;

  private TestBroker(Path folder, List<BrokerProcess> brokers, Process cleaner) {
    this.folder = folder;
    this.brokers = brokers;
    this.cleaner = cleaner;
  }

  /// Starts one broker on the loopback interface, which anybody may use for anything, and waits
  /// until it serves.
  ///
  /// @throws IOException if it does not start; the message has what it says
  public static TestBroker start() throws IOException {
    return new BrokerSetup().start();
  }

  static TestBroker start(BrokerSetup setup) throws IOException {
    Path folder = Files.createTempDirectory("ringtap-broker-");
    Process cleaner =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap '' INT HUP TERM; cat; until rm -rf \"$1\"; do sleep 0.1; done",
                "sh",
                folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    TestBroker cluster = new TestBroker(folder, setup.prepare(folder), cleaner);
    try {
      cluster.startAgain();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /// Where clients connect: `HOST:PORT` of each broker, with commas between.
  public String bootstrap() {
    return brokers.stream().map(BrokerProcess::clients).collect(Collectors.joining(","));
  }

  /// Where clients connect without being asked who they are, and may do all. Without security this
  /// is [#bootstrap].
  public String openBootstrap() {
    return brokers.stream().map(BrokerProcess::open).collect(Collectors.joining(","));
  }

  /// The file of client properties with which `user` connects.
  ///
  /// @throws IllegalArgumentException if the setup has no such user
  public Path clientFile(String user) {
    Path file = BrokerSecurity.clientFile(folder, user);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("no user " + user);
    }
    return file;
  }

  /// Ends all brokers in order, as their administrator would, and waits for that. Their files stay.
  public void stop() {
    for (BrokerProcess broker : brokers) {
      broker.askToStop();
    }
    for (BrokerProcess broker : brokers) {
      broker.awaitEnd();
    }
  }

  /// Ends broker `number` in order, the first being 1, and waits for that.
  public void stop(int number) {
    BrokerProcess broker = broker(number);
    broker.askToStop();
    broker.awaitEnd();
  }

  /// Kills all brokers (SIGKILL). Their files stay.
  public void kill() {
    for (BrokerProcess broker : brokers) {
      broker.kill();
    }
  }

  /// Kills broker `number`, the first being 1.
  public void kill(int number) {
    broker(number).kill();
  }

  /// Starts the brokers that do not run, at the addresses that they had, with what they had stored,
  /// and waits until they serve.
  ///
  /// @throws IOException if one does not start
  public void startAgain() throws IOException {
    for (BrokerProcess broker : brokers) {
      broker.start();
    }
    for (BrokerProcess broker : brokers) {
      broker.awaitReady();
    }
  }

  /// Starts broker `number`, the first being 1, if it does not run, and waits until it serves.
  ///
  /// @throws IOException if it does not start
  public void startAgain(int number) throws IOException {
    BrokerProcess broker = broker(number);
    broker.start();
    broker.awaitReady();
  }

  private BrokerProcess broker(int number) {
    return brokers.get(number - 1);
  }

  @Override
  public void close() {
    kill();
    try {
      cleaner.getOutputStream().close();
      if (!cleaner.waitFor(CLEANING_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not deleted: " + folder);
      }
    } catch (IOException e) {
      throw new IllegalStateException("not deleted: " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is deleted all the same
    }
  }
}
