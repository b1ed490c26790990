package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.filter.condition.Value.Operator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [Term] is made of.
enum TermKind {
  NONE("", -1, null),
  CONSTANT("", -1, null),
  LOAD("", -1, null),
  ANCILLARY("", -1, null),
  LENGTH("", -1, null),
  VARIABLE("", -1, null),
  NEGATION("-", BPF_NEG, null),
  ADD("+", BPF_ADD, Operator.ADD),
  SUBTRACT("-", BPF_SUB, Operator.SUBTRACT),
  MULTIPLY("*", BPF_MUL, Operator.MULTIPLY),
  DIVIDE("/", BPF_DIV, Operator.DIVIDE),
  MODULO("%", BPF_MOD, Operator.MODULO),
  AND("&", BPF_AND, Operator.AND),
  OR("|", BPF_OR, Operator.OR),
  XOR("^", BPF_XOR, Operator.XOR),
  SHIFT_LEFT("<<", BPF_LSH, Operator.SHIFT_LEFT),
  SHIFT_RIGHT(">>", BPF_RSH, Operator.SHIFT_RIGHT),
  LOOK_UP("in", BPF_LOOKUP, Operator.LOOK_UP),
  /// 1 if two terms relate as [Decision.Test] says, else 0; only for facts.
  RELATION("?", -1, null);

  final String symbol;

  /// The operation of [io.ringtap.bpf.BpfOpcode] that computes it; negative if there is none.
  final int operation;

  private static final Map<Operator, TermKind> OF_OPERATORS = new EnumMap<>(Operator.class);

  static {
    for (TermKind kind : values()) {
      if (kind.operator != null) {
        OF_OPERATORS.put(kind.operator, kind);
      }
    }
  }

  /// The operator of the conditions that it stands for; null if absent.
  private final @Nullable Operator operator;

  TermKind(String symbol, int operation, @Nullable Operator operator) {
    this.symbol = symbol;
    this.operation = operation;
    this.operator = operator;
  }

  boolean isCommutative() {
    return switch (this) {
      case ADD, MULTIPLY, AND, OR, XOR -> true;
      default -> false;
    };
  }

  /// What it makes of two numbers that are known.
  ///
  /// @throws IllegalStateException if it does not compute with two numbers
  int apply(int left, int right) {
    if (operator == null) {
      throw new IllegalStateException("not an operation: " + this);
    }
    return operator.apply(left, right);
  }

  static TermKind of(Operator operator) {
    return Objects.requireNonNull(OF_OPERATORS.get(operator));
  }
}
