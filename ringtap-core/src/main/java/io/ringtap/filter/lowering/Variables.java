package io.ringtap.filter.lowering;

import io.ringtap.filter.condition.Value.Variable;

/// Gives out variables, each once.
final class Variables {
  private int next;

  Variable next() {
    return new Variable(next++);
  }

  int count() {
    return next;
  }
}
