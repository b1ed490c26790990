package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureInterface;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.source.Notices;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.packet.Frame;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Packets of interfaces.
final class LiveInput implements PacketInput {
  private final Capture capture;
  private final InterfaceNames names;
  private final Messages messages;
  private final Set<Integer> vanished = new HashSet<>(); // the watching capture thread's
  private volatile boolean isNoneLeft;

  private LiveInput(Capture capture, InterfaceNames names, Messages messages) {
    this.capture = capture;
    this.names = names;
    this.messages = messages;
  }

  /// Opens the sockets.
  ///
  /// @param interfaces of the namespace
  /// @throws BadArgument if there is no such interface, or the options do not go together
  /// @throws IOException if the system refuses
  static LiveInput open(CaptureOptions options, InterfaceList interfaces, Messages messages)
      throws BadArgument, IOException {
    Capture capture = CaptureOpening.open(options);
    try {
      return new LiveInput(capture, new InterfaceNames(interfaces.all()), messages);
    } catch (IOException | RuntimeException e) {
      capture.close();
      throw e;
    }
  }

  @Override
  public Capture source() {
    return capture;
  }

  @Override
  public void announce() {
    List<CaptureInterface> opened = capture.interfaces();
    messages.print(
        "listening on "
            + opened.stream()
                .map(one -> one.name() + ", link-type " + one.linkType())
                .collect(Collectors.joining("; "))
            + ", snapshot length "
            + capture.options().snaplen()
            + " bytes");
    notice(Notices.of(capture.filterPlace()));
    for (CaptureInterface one : opened) {
      notice(Notices.ofState(one));
    }
  }

  private void notice(@Nullable String notice) {
    if (notice != null) {
      messages.print(notice);
    }
  }

  @Override
  public Recording record(FileArguments.Plan plan) throws BadArgument, IOException {
    return LiveRecording.open(plan, capture, messages);
  }

  @Override
  public @Nullable String nameOf(int index) {
    return names.apply(index);
  }

  @Override
  public @Nullable String nameOf(Frame packet) {
    return names.apply(packet.interfaceIndex());
  }

  @Override
  public void onInterfaceEvent(InterfaceEvent event) {
    names.onInterfaceEvent(event);
    if (event instanceof InterfaceEvent.Appeared) {
      return; // of interest for its name only
    }
    messages.print(Notices.of(event));
    if (event instanceof InterfaceEvent.Vanished gone) {
      vanished.add(gone.index());
      isNoneLeft = capture.interfaces().stream().allMatch(one -> vanished.contains(one.index()));
    }
  }

  @Override
  public @Nullable String earlyEnd() {
    return isNoneLeft ? "no interface is left to capture on" : null;
  }

  @Override
  public void summarize(Report report, Totals totals) {
    report.summary(totals);
  }

  @Override
  public void close() {
    capture.close();
  }
}
