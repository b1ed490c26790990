package io.ringtap.cli.fleet;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Output;
import io.ringtap.fleet.status.FleetStatus;

/// How a fleet's status is shown. One thread uses it.
interface StatusView {
  void onStatus(FleetStatus status);

  /// There will be no more.
  default void onEnd() {}

  /// Printed, with an empty line between one time and the next.
  final class Lines implements StatusView {
    private final Output out;
    private boolean hasPrinted;

    Lines(Output out) {
      this.out = out;
    }

    @Override
    public void onStatus(FleetStatus status) {
      if (hasPrinted) {
        out.line(new StringBuilder());
      }
      hasPrinted = true;
      for (LiveRegion.Line line : StatusTable.lines(status)) {
        out.line(new StringBuilder(line.text()));
      }
    }
  }

  /// On a terminal, drawn again in place.
  final class Table implements StatusView {
    private final LiveRegion region;

    /// @param messages which stand above the table
    Table(Output out, Messages messages) {
      region = new LiveRegion(out);
      messages.above(region);
    }

    @Override
    public void onStatus(FleetStatus status) {
      region.draw(StatusTable.lines(status));
    }

    @Override
    public void onEnd() {
      region.release();
    }
  }
}
