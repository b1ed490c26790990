package io.ringtap.system.filter;

import io.ringtap.bpf.BpfProgram;

/// What a compiler makes of an expression.
sealed interface Compilation {
  /// @param rejectsAll whether the compiler says that no packet can match
  record Compiled(BpfProgram program, boolean rejectsAll) implements Compilation {
    static Compiled of(BpfProgram program) {
      return new Compiled(program, false);
    }
  }

  /// @param message why it is no filter
  record Refused(String message) implements Compilation {}

  /// @param reason why there is a program that the interpreter cannot hold
  record Unusable(String reason) implements Compilation {}
}
