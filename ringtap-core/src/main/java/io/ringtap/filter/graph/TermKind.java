package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.filter.condition.Value;

/// What a [Term] is made of.
enum TermKind {
  NONE("", -1),
  CONSTANT("", -1),
  LOAD("", -1),
  ANCILLARY("", -1),
  LENGTH("", -1),
  VARIABLE("", -1),
  NEGATION("-", BPF_NEG),
  ADD("+", BPF_ADD),
  SUBTRACT("-", BPF_SUB),
  MULTIPLY("*", BPF_MUL),
  DIVIDE("/", BPF_DIV),
  MODULO("%", BPF_MOD),
  AND("&", BPF_AND),
  OR("|", BPF_OR),
  XOR("^", BPF_XOR),
  SHIFT_LEFT("<<", BPF_LSH),
  SHIFT_RIGHT(">>", BPF_RSH),
  /// 1 if two terms relate as [Decision.Test] says, else 0; for facts alone.
  RELATION("?", -1);

  final String symbol;

  /// The operation of [io.ringtap.bpf.BpfOpcode] that computes it; negative if there is none.
  final int operation;

  TermKind(String symbol, int operation) {
    this.symbol = symbol;
    this.operation = operation;
  }

  boolean isCommutative() {
    return switch (this) {
      case ADD, MULTIPLY, AND, OR, XOR -> true;
      default -> false;
    };
  }

  static TermKind of(Value.Operator operator) {
    return switch (operator) {
      case ADD -> ADD;
      case SUBTRACT -> SUBTRACT;
      case MULTIPLY -> MULTIPLY;
      case DIVIDE -> DIVIDE;
      case MODULO -> MODULO;
      case AND -> AND;
      case OR -> OR;
      case XOR -> XOR;
      case SHIFT_LEFT -> SHIFT_LEFT;
      case SHIFT_RIGHT -> SHIFT_RIGHT;
    };
  }
}
