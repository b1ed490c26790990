package io.ringtap.lab.report;

import java.util.List;

/// Where the time of the CPUs went while a peer worked under load, in samples; and its system
/// calls. Slices, functions and frames each show all samples, in another way.
///
/// @param peer as samples of the report have it
/// @param setting as samples of the report have it
/// @param periodNs nanoseconds of a CPU's time that a sample stands for
/// @param lost records for which there was no room, at the least; in none of the lists
/// @param slices by part and group of functions
/// @param functions by part and function that ran, the most frequent first; what is rare is one
///   function of each part
/// @param frames the tree of callers of [Part#PEER] and [Part#KERNEL], each before what it called;
///   rare calls count as their caller
/// @param systemCalls of the peer, from another run, the longest in sum first; empty if they could
///   not be counted
public record Profile(
    String peer,
    String setting,
    long periodNs,
    long lost,
    List<Slice> slices,
    List<Function> functions,
    List<Frame> frames,
    List<SystemCall> systemCalls) {
  /// Keeps copies of the lists.
  public Profile {
    slices = List.copyOf(slices);
    functions = List.copyOf(functions);
    frames = List.copyOf(frames);
    systemCalls = List.copyOf(systemCalls);
  }

  /// The same with system calls.
  public Profile withSystemCalls(List<SystemCall> calls) {
    return new Profile(peer, setting, periodNs, lost, slices, functions, frames, calls);
  }

  /// Samples of one of the parts.
  public long samples(Part part) {
    return slices.stream().filter(slice -> slice.part() == part).mapToLong(Slice::samples).sum();
  }

  /// Samples of what shares are of: the peer, and the kernel beside it.
  public long samples() {
    return samples(Part.PEER) + samples(Part.KERNEL);
  }

  /// Who ran.
  public enum Part {
    /// The process that is measured, or the threads of the library; the kernel on their behalf
    /// included.
    PEER("the peer"),
    /// The kernel beside it: the threads that inject the load, with all that becomes of a frame
    /// until it lies in a socket, and interrupts with the threads that work for them.
    KERNEL("the kernel beside it"),
    /// Everything else on the machine.
    OTHERS("others"),
    /// No thread: the CPU had nothing to do.
    IDLE("idle");

    private final String label;

    Part(String label) {
      this.label = label;
    }

    /// For readers.
    public String label() {
      return label;
    }
  }

  /// A group of functions.
  public record Slice(Part part, String group, long samples) {}

  /// A function, by the samples in which it ran itself.
  public record Function(Part part, String group, String name, long samples) {}

  /// A call.
  ///
  /// @param depth 0 for a part, 1 for the function outermost in it
  /// @param samples with the calls that it made
  public record Frame(int depth, String name, long samples) {}

  /// A system call by its name.
  ///
  /// @param errors calls that returned an error
  /// @param totalNs between entry and return, waiting included
  public record SystemCall(String name, long calls, long errors, long totalNs) {}
}
