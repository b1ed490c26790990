package io.ringtap.testbroker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/// What a broker's process runs: formats its folder at the first start, then serves until it is
/// told to stop. It ends with the process that started it, however that ends.
final class BrokerMain {
  /// Standard output has only this line, once clients can connect.
  static final String READY = "ready";

  /// A byte on standard input that ends the broker in order. The end of standard input ends it at
  /// once.
  static final int STOP = 's';

  private static final int FAILED = 1;

  private BrokerMain() {}

  /// Runs the broker.
  ///
  /// @param arguments the file of the broker's properties, the cluster's identifier, and the users,
  ///   each as the storage tool takes it
  public static void main(String... arguments) throws IOException {
    System.setOut(System.err);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(reader);
    }
    if (!Files.exists(Path.of(properties.getProperty("log.dirs")))) {
      format(arguments);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    var _ = Thread.ofPlatform().daemon().name("starter-watch").start(() -> watch(server));
    server.startup();
    try (OutputStream output = new FileOutputStream(FileDescriptor.out)) {
      output.write((READY + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    server.awaitShutdown();
    Runtime.getRuntime().halt(0); // what Kafka still has to end holds up nobody
  }

  private static void format(String... arguments) {
    List<String> format = new ArrayList<>(List.of("format", "-c", arguments[0]));
    format.addAll(List.of("-t", arguments[1]));
    for (int i = 2; i < arguments.length; i++) {
      format.addAll(List.of("--add-scram", arguments[i]));
    }
    if (StorageTool.execute(format.toArray(String[]::new), System.err) != 0) {
      System.exit(FAILED);
    }
  }

  private static void watch(KafkaRaftServer server) {
    int next;
    try (InputStream input = System.in) {
      next = input.read();
    } catch (IOException e) {
      next = -1;
    }
    if (next != STOP) {
      Runtime.getRuntime().halt(FAILED);
    }
    server.shutdown();
  }
}
