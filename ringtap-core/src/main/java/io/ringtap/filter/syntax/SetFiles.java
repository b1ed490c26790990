package io.ringtap.filter.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// Finds the files that an expression names.
public final class SetFiles {
  private SetFiles() {}

  /// The names of the files whose sets an expression asks for, in no order.
  public static Set<String> of(Expression tree) {
    Set<String> files = new LinkedHashSet<>();
    Deque<Expression> rest = new ArrayDeque<>();
    rest.push(tree);
    while (!rest.isEmpty()) {
      switch (rest.pop()) {
        case Expression.And(Expression left, Expression right, _) -> {
          rest.push(left);
          rest.push(right);
        }
        case Expression.Or(Expression left, Expression right, _) -> {
          rest.push(left);
          rest.push(right);
        }
        case Expression.Not(Expression operand, _) -> rest.push(operand);
        case Expression.Match(_, Operand.InFile(String name), _, _) -> files.add(name);
        default -> {} // names no file
      }
    }
    return files;
  }
}
