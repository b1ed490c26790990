package io.ringtap.lab.experiment;

import io.ringtap.lab.peer.MeasuredProcess;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A loop without end for each CPU. The loops end with this object, with the lab, and after a
/// minute.
final class BusyMachine implements AutoCloseable {
  private static final List<String> LOOP =
      List.of("timeout", "60", "sh", "-c", "while :; do :; done");

  private final List<MeasuredProcess> loops = new ArrayList<>();

  private BusyMachine() {}

  static BusyMachine start(NetworkNamespace namespace, int count) throws IOException {
    BusyMachine machine = new BusyMachine();
    try {
      for (int i = 0; i < count; i++) {
        machine.loops.add(MeasuredProcess.start(namespace, LOOP));
      }
      return machine;
    } catch (IOException e) {
      machine.close();
      throw e;
    }
  }

  @Override
  public void close() {
    loops.forEach(MeasuredProcess::close);
  }
}
