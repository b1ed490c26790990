package io.ringtap.filter;

import io.ringtap.bpf.BpfProgram;

/// A filter's program and the decisions that it makes.
///
/// @param program as [FilterCompiler#compile] gives it
/// @param dot the decisions in the language of Graphviz (DOT)
public record FilterGraph(BpfProgram program, String dot) {}
