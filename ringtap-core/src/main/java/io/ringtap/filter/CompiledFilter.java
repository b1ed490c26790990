package io.ringtap.filter;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.filter.graph.GraphCompiler;

/// A filter and the program made of it.
///
/// @param expression the text
/// @param options what it was compiled for
/// @param program decides on a packet: octets to keep, 0 to drop it. One with a loop
///   ([BpfProgram#loops]) is not for the kernel
public record CompiledFilter(String expression, FilterOptions options, BpfProgram program) {
  /// The decisions of the program in the language of Graphviz (DOT). They are made anew, for few
  /// ask for them: it takes as long as it took to compile the filter, and looks its names up once
  /// more.
  public String graph() {
    return GraphCompiler.graph(FilterCompiler.condition(expression, options), options.optimize());
  }
}
