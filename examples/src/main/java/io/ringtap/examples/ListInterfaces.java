package io.ringtap.examples;

import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import java.io.IOException;

/// Prints each network interface with its state, link type and addresses: `ListInterfaces`.
public final class ListInterfaces {
  private ListInterfaces() {}

  public static void main(String[] arguments) throws IOException {
    // @start region="program"
    for (NetworkInterface each : NetworkInterfaces.list()) {
      IO.println(
          "%d: %s %s, %s, %s"
              .formatted(
                  each.index(),
                  each.name(),
                  each.state().word(),
                  each.linkType().description(),
                  each.addresses()));
    }
    // @end
  }
}
