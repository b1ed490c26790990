package io.ringtap.cli.ping;

import io.ringtap.cli.run.Messages;
import io.ringtap.device.NetworkInterface;
import io.ringtap.error.LinuxException;
import io.ringtap.ping.shield.EchoShield;
import java.io.IOException;

/// A shield, and what is said of it on standard error.
final class Shielding implements AutoCloseable {
  private final EchoShield shield;
  private final String name;
  private final Messages messages;

  private Shielding(EchoShield shield, String name, Messages messages) {
    this.shield = shield;
    this.name = name;
    this.messages = messages;
  }

  /// Shields an interface; returns when it has learned what others send.
  static Shielding begin(NetworkInterface on, Messages messages)
      throws IOException, InterruptedException {
    EchoShield shield =
        EchoShield.open(
            on,
            state ->
                messages.print(
                    state.isUp()
                        ? on.name() + " is shielded from foreign echo replies"
                        : on.name() + " is not shielded: " + state.reason()));
    LinuxException refusal = shield.nativeRefusal();
    messages.print(
        "%s: XDP in %s%s; looks for %d s what others on this host send"
            .formatted(
                on.name(),
                shield.mode(),
                refusal == null
                    ? ""
                    : " as its driver has no native mode (" + refusal.errno() + ")",
                EchoShield.LEARNING.toSeconds()));
    try {
      shield.awaitLearned();
      return new Shielding(shield, on.name(), messages);
    } catch (InterruptedException e) {
      shield.close();
      throw e;
    }
  }

  /// Ends the shield and prints what it did. To be called once.
  @Override
  public void close() {
    shield.close();
    try {
      EchoShield.Counts counts = shield.counts();
      messages.line(
          "%s: %d foreign echo replies dropped, %d passed while it was not shielded"
              .formatted(name, counts.dropped(), counts.passed()));
    } catch (IOException e) {
      messages.print(String.valueOf(e.getMessage()));
    }
  }
}
