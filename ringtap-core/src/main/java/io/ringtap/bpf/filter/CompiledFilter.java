package io.ringtap.bpf.filter;

import io.ringtap.bpf.BpfProgram;

/// A filter and the program made of it.
///
/// @param expression the text
/// @param options what it was compiled for
/// @param program decides on a packet: octets to keep, 0 to drop it. One with a loop
///   ([BpfProgram#loops]) is not for the kernel
/// @param graph the decisions of the program in the language of Graphviz (DOT)
public record CompiledFilter(
    String expression, FilterOptions options, BpfProgram program, String graph) {}
