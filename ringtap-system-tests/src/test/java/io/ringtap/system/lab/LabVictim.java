package io.ringtap.system.lab;

import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.testnet.NetworkNamespace;
import java.time.Duration;
import java.util.List;

/// A lab in a JVM of its own, to be killed: it runs a shell with a child in a namespace, prints the
/// shell's pid and waits for ever.
final class LabVictim {
  private LabVictim() {}

  public static void main(String[] arguments) throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("victim");
        MeasuredProcess process =
            MeasuredProcess.start(namespace, List.of("sh", "-c", "sleep 1000; true"))) {
      IO.println(process.pid());
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}
