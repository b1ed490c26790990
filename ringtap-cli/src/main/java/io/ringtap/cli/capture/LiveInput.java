package io.ringtap.cli.capture;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureInterface;
import io.ringtap.cli.capture.CapturePlan.Input;
import io.ringtap.cli.capture.Report.Totals;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.cli.source.CaptureOpening;
import io.ringtap.cli.source.InterfaceList;
import io.ringtap.cli.source.Notices;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.device.NetworkInterface;
import io.ringtap.packet.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Packets of interfaces.
final class LiveInput implements PacketInput {
  /// The names of interfaces by their indexes, kept up to date. Any thread may ask; asking
  /// allocates nothing.
  static final class Names implements IntFunction<@Nullable String> {
    /// Sorted by index.
    @SuppressWarnings("ArrayRecordComponent") // never changed
    private record Table(int[] indexes, String[] names) {}

    private final SortedMap<Integer, String> known = new TreeMap<>(); // guarded by this
    private volatile Table table = new Table(new int[0], new String[0]);

    Names(List<NetworkInterface> present) {
      present.forEach(each -> known.put(each.index(), each.name()));
      publish();
    }

    /// The name of that interface, its last one if it has vanished; null if it is not known.
    @Override
    public @Nullable String apply(int index) {
      Table now = table;
      int place = Arrays.binarySearch(now.indexes, index);
      return place < 0 ? null : now.names[place];
    }

    synchronized void onInterfaceEvent(InterfaceEvent event) {
      known.put(event.index(), event.name());
      publish();
    }

    private void publish() {
      table =
          new Table(
              known.keySet().stream().mapToInt(Integer::intValue).toArray(),
              known.values().toArray(String[]::new));
    }
  }

  private final Capture capture;
  private final Names names;
  private final @Nullable SetReload reload;
  private final Messages messages;
  private final Set<Integer> vanished = new HashSet<>(); // the watching capture thread's
  private volatile boolean isNoneLeft;

  private LiveInput(Capture capture, Names names, @Nullable SetReload reload, Messages messages) {
    this.capture = capture;
    this.names = names;
    this.reload = reload;
    this.messages = messages;
  }

  /// Opens the sockets.
  ///
  /// @param interfaces of the namespace
  /// @throws BadArgument if there is no such interface, or the options do not go together
  /// @throws IOException if the system refuses
  static LiveInput open(Input.Live live, InterfaceList interfaces, Messages messages)
      throws BadArgument, IOException {
    SetReload reload = live.reloadsSets() ? SetReload.of(live.options().filter(), messages) : null;
    Capture capture = CaptureOpening.open(live.options());
    try {
      return new LiveInput(capture, new Names(interfaces.all()), reload, messages);
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
    capture.notices().forEach(messages::print);
    notice(Notices.of(capture.filterPlace()));
    notice(capture.matchesNothing() ? Notices.MATCHES_NOTHING : null);
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
  public void interim(TextReport report, Totals totals) {
    report.interim(totals);
  }

  @Override
  public void summarize(Report report, Totals totals, boolean wasStopped) {
    report.summary(totals);
  }

  @Override
  public void onStarted() {
    if (reload != null) {
      reload.begin(capture);
    }
  }

  @Override
  public void close() {
    if (reload != null) {
      reload.close();
    }
    capture.close();
  }
}
