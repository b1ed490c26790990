package io.ringtap.lab.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Functions by their addresses. Immutable.
final class SymbolTable {
  /// A function.
  ///
  /// @param size in bytes; 0 if it is not known, and the function goes on to the next one
  record Symbol(long address, long size, String name) {}

  /// The longest that a function of unknown size may be: what lies after the last one is not part
  /// of it.
  private static final long LONGEST = 1 << 20;

  private final List<Symbol> symbols;

  private SymbolTable(List<Symbol> symbols) {
    this.symbols = symbols;
  }

  /// The table of these functions, in any order. Of several that begin at an address it has one:
  /// with a size rather than without, with few underscores at the beginning.
  static SymbolTable of(List<Symbol> symbols) {
    List<Symbol> sorted = new ArrayList<>(symbols);
    sorted.sort(
        Comparator.comparing(Symbol::address, Long::compareUnsigned)
            .thenComparing(symbol -> symbol.size() == 0)
            .thenComparingInt(symbol -> underscores(symbol.name())));
    List<Symbol> distinct = new ArrayList<>();
    for (Symbol symbol : sorted) {
      if (distinct.isEmpty() || distinct.getLast().address() != symbol.address()) {
        distinct.add(symbol);
      }
    }
    return new SymbolTable(distinct);
  }

  private static int underscores(String name) {
    int count = 0;
    while (count < name.length() && name.charAt(count) == '_') {
      count++;
    }
    return count;
  }

  /// The name of the function at an address; empty if there is none.
  Optional<String> nameAt(long address) {
    int low = 0;
    int high = symbols.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(symbols.get(middle).address(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return Optional.empty();
    }
    Symbol before = symbols.get(low - 1);
    long size = before.size() == 0 ? LONGEST : before.size();
    return address - before.address() < size ? Optional.of(before.name()) : Optional.empty();
  }

  int size() {
    return symbols.size();
  }
}
