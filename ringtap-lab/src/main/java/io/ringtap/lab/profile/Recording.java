package io.ringtap.lab.profile;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import io.ringtap.lab.report.Profile.Part;
import io.ringtap.linux.abi.perf.PerfEvent;
import io.ringtap.linux.abi.perf.PerfEventHeader;
import io.ringtap.linux.abi.perf.PerfRecord;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was recorded, with all that must be looked up while the processes live: who they are, and
/// where they have code. It is resolved later, once they have left the names of the code that they
/// made themselves.
final class Recording {
  /// A sample.
  static final class Sample {
    private final int pid;
    private final int tid;
    private final long[] chain; // as the kernel has written it

    Sample(int pid, int tid, long... chain) {
      this.pid = pid;
      this.tid = tid;
      this.chain = chain;
    }

    int pid() {
      return pid;
    }

    int tid() {
      return tid;
    }

    /// The functions that the chain names, from the one that ran outwards.
    List<CodeFrame> functions(Symbolizer symbolizer, Symbolizer.Symbols symbols) {
      return symbolizer.functions(symbols, pid, chain);
    }
  }

  private final List<Sample> samples = new ArrayList<>();
  private final Map<Integer, AddressSpace> spaces = new HashMap<>();
  private final Participants participants = new Participants();
  private final List<Symbol> comers = new ArrayList<>();
  private long lost;

  private Recording() {}

  /// Looks at what has been recorded a moment ago.
  static Recording of(List<RecordBuffer> cpus) {
    Recording recording = new Recording();
    cpus.forEach(cpu -> {
      cpu.forEach(recording::add);
      recording.lost += cpu.dropped();
    });
    recording.samples.forEach(sample -> recording.participants.meet(sample.pid, sample.tid));
    recording.samples.stream()
        .mapToInt(Sample::pid)
        .distinct()
        .forEach(pid -> recording.space(pid).addMapsOf(pid));
    return recording;
  }

  private void add(MemorySegment records, long at) {
    switch (PerfEventHeader.type(records, at)) {
      case PerfEvent.PERF_RECORD_SAMPLE ->
          samples.add(
              new Sample(
                  PerfRecord.pid(records, at),
                  PerfRecord.tid(records, at),
                  PerfRecord.callChain(records, at)));
      case PerfEvent.PERF_RECORD_LOST -> lost += PerfRecord.lost(records, at);
      case PerfEvent.PERF_RECORD_COMM ->
          participants.name(
              PerfRecord.pid(records, at),
              PerfRecord.tid(records, at),
              PerfRecord.comm(records, at));
      case PerfEvent.PERF_RECORD_MMAP2 ->
          space(PerfRecord.pid(records, at))
              .add(
                  new AddressSpace.Region(
                      PerfRecord.address(records, at),
                      PerfRecord.length(records, at),
                      PerfRecord.fileOffset(records, at),
                      PerfRecord.fileName(records, at)));
      case PerfEvent.PERF_RECORD_KSYMBOL -> {
        if (!PerfRecord.isSymbolGone(records, at)) {
          comers.add(
              new Symbol(
                  PerfRecord.symbolAddress(records, at),
                  PerfRecord.symbolLength(records, at),
                  PerfRecord.symbolName(records, at)));
        }
      }
      default -> {} // such as that sampling was slowed down
    }
  }

  private AddressSpace space(int pid) {
    return spaces.computeIfAbsent(pid, _ -> new AddressSpace());
  }

  List<Sample> samples() {
    return samples;
  }

  /// Samples and other records for which there was no room, at the least.
  long lost() {
    return lost;
  }

  Participants participants() {
    return participants;
  }

  /// All names that can be had, read now. The files of the peer's processes, which have left them
  /// because this lab asked for it, are removed.
  ///
  /// @param kernel the kernel's functions
  /// @param ownCode the methods that this JVM has compiled
  Symbolizer.Symbols symbols(SymbolTable kernel, SymbolTable ownCode) throws IOException {
    Map<Integer, SymbolTable> jits = new HashMap<>();
    jits.put((int) ProcessHandle.current().pid(), ownCode);
    for (int pid : spaces.keySet()) {
      Path file = JitSymbols.file(pid);
      if (Files.isReadable(file)) {
        jits.put(pid, SymbolTable.of(JitSymbols.read(file)));
        if (participants.partOf(pid, pid) == Part.PEER) {
          Files.delete(file);
        }
      }
    }
    return new Symbolizer.Symbols(kernel, Symbolizer.comers(comers), Map.copyOf(spaces), jits);
  }
}
