package io.ringtap.cli.pps;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.Link;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.device.SoftnetCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes ticks of samples. An interface is followed by its index, whatever its name becomes; one
/// that appears is counted from then on.
final class Meter {
  private final List<String> names;
  private final Set<Integer> followed = new HashSet<>();
  private Map<Integer, RtnetlinkSocket.CountedLink> before = new HashMap<>();
  private Sampler.Sample last;

  /// @param names the interfaces wanted; empty for all
  /// @param first where counting begins
  Meter(List<String> names, Sampler.Sample first) {
    this.names = List.copyOf(names);
    this.last = first;
    this.before = wanted(first);
  }

  private Map<Integer, RtnetlinkSocket.CountedLink> wanted(Sampler.Sample sample) {
    Map<Integer, RtnetlinkSocket.CountedLink> wanted = new HashMap<>();
    for (RtnetlinkSocket.CountedLink entry : sample.entries()) {
      Link link = entry.link();
      if (names.isEmpty() || names.contains(link.name()) || followed.contains(link.index())) {
        followed.add(link.index());
        wanted.put(link.index(), entry);
      }
    }
    return wanted;
  }

  /// What was counted since the last sample.
  Tick advance(Sampler.Sample sample) {
    Map<Integer, RtnetlinkSocket.CountedLink> now = wanted(sample);
    List<Tick.Flow> flows = new ArrayList<>();
    List<Tick.Change> changes = new ArrayList<>();
    for (RtnetlinkSocket.CountedLink old : last.entries()) {
      if (before.containsKey(old.link().index()) && !now.containsKey(old.link().index())) {
        followed.remove(old.link().index());
        changes.add(new Tick.Change.Vanished(old.link().index(), old.link().name()));
      }
    }
    for (RtnetlinkSocket.CountedLink entry : sample.entries()) {
      Link link = entry.link();
      RtnetlinkSocket.CountedLink old = before.get(link.index());
      if (now.containsKey(link.index()) && old == null) {
        changes.add(new Tick.Change.Appeared(link.index(), link.name()));
      } else if (old != null) {
        if (!old.link().name().equals(link.name())) {
          changes.add(new Tick.Change.Renamed(link.index(), old.link().name(), link.name()));
        }
        InterfaceCounters counted = Difference.of(old.counters(), entry.counters());
        flows.add(new Tick.Flow(link.index(), link.name(), counted, queues(link.index(), sample)));
      }
    }
    long elapsed = Math.max(sample.nanos() - last.nanos(), 1);
    Tick tick = new Tick(sample.epochNanos(), elapsed, flows, cpus(sample), changes);
    before = now;
    last = sample;
    return tick;
  }

  private List<QueueCounters> queues(int index, Sampler.Sample sample) {
    List<QueueCounters> earlier = last.queues().getOrDefault(index, List.of());
    List<QueueCounters> counted = new ArrayList<>();
    for (QueueCounters queue : sample.queues().getOrDefault(index, List.of())) {
      Optional<QueueCounters> old =
          earlier.stream()
              .filter(one -> one.isReceive() == queue.isReceive() && one.queue() == queue.queue())
              .findFirst();
      old.ifPresent(one -> counted.add(Difference.of(one, queue)));
    }
    return counted;
  }

  private List<SoftnetCounters> cpus(Sampler.Sample sample) {
    List<SoftnetCounters> counted = new ArrayList<>();
    for (SoftnetCounters cpu : sample.cpus()) {
      last.cpus().stream()
          .filter(one -> one.cpu() == cpu.cpu())
          .findFirst()
          .ifPresent(old -> counted.add(Difference.of(old, cpu)));
    }
    return counted;
  }
}
