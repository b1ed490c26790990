package io.ringtap.system.filter;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;

/// What a compiler makes of an expression.
sealed interface Compilation {
  /// What libpcap says of a filter that no packet can match.
  String REJECTS_ALL = "expression rejects all packets";

  /// A program.
  ///
  /// @param rejectsAll whether the compiler says that no packet can match
  record Compiled(BpfProgram program, boolean rejectsAll) implements Compilation {
    static Compiled of(BpfProgram program) {
      return new Compiled(program, false);
    }

    /// What a compiler that says so would have had to make.
    static Compiled rejectingAll() {
      return new Compiled(new BpfAssembler().ret(0).assemble(), true);
    }
  }

  /// No program.
  ///
  /// @param message why it is no filter
  record Refused(String message) implements Compilation {}

  /// A program that cannot be run.
  ///
  /// @param reason why there is a program that the interpreter cannot hold
  record Unusable(String reason) implements Compilation {}
}
