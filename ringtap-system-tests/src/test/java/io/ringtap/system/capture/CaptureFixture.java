package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.Command;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/// A namespace with traffic on its loopback interface, and the tools that judge captures.
final class CaptureFixture implements AutoCloseable {
  /// Datagrams go to this port, unless told otherwise; no tool has a name for it.
  static final int PORT = 4700;

  final NetworkNamespace namespace;
  final Command ringtap;

  CaptureFixture() throws IOException {
    namespace = NetworkNamespace.create("capture");
    ringtap = new Command(namespace);
  }

  /// Sends `count` datagrams over the loopback interface; the n-th has `octets` + n bytes.
  void send(int count, int octets) throws IOException {
    send(count, octets, PORT);
  }

  void send(int count, int octets, int port) throws IOException {
    namespace.run(() -> {
      try (DatagramChannel receiver = DatagramChannel.open();
          DatagramChannel sender = DatagramChannel.open()) {
        receiver.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        sender.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 10));
        for (int i = 0; i < count; i++) {
          ByteBuffer payload = ByteBuffer.allocate(octets + i);
          for (int at = 0; at < payload.capacity(); at++) {
            payload.put(at, (byte) (at + i));
          }
          sender.send(payload, receiver.getLocalAddress());
        }
      }
    });
  }

  /// Runs a tool inside, which must succeed, and returns what it prints.
  List<String> tool(String... command) throws IOException, InterruptedException {
    Process process = namespace.process(command).redirectErrorStream(false).start();
    Command.Result result = Command.finish(process);
    assertThat(result.exitCode()).as(String.join(" ", command) + result.err()).isZero();
    return result.out();
  }

  /// The packets of a file as tcpdump prints them: with stamps in nanoseconds, and all bytes.
  List<String> asTcpdumpReads(String file) throws IOException, InterruptedException {
    return tool("tcpdump", "-n", "-tt", "--nano", "-xx", "-r", file);
  }

  /// The same in our words.
  List<String> asWeRead(String file) throws IOException, InterruptedException {
    Command.Result result =
        ringtap.run("capture", "-tt", "--time-stamp-precision", "nano", "-xx", "-r", file);
    assertThat(result.exitCode()).as(result.err().toString()).isZero();
    return result.out();
  }

  @Override
  public void close() {
    namespace.close();
  }
}
