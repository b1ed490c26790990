package io.ringtap.bpf.filter.graph;

import io.ringtap.bpf.filter.graph.Decision.Kind;

/// Puts tests of one number side by side, where the order of tests does not matter: in a row of
/// them that all leave it for the same place. The number then has to be loaded but once.
///
/// As with libpcap's optimizer, a packet that is too short for one of the numbers may so be decided
/// by another before it is dropped.
final class TestGrouping {
  private final DecisionTable table;
  private Decision[] made = new Decision[0];
  private int[] entries = new int[0];
  private Decision[] row = new Decision[16];

  TestGrouping(DecisionTable table) {
    this.table = table;
  }

  Decision group(Decision root) {
    Decision[] order = table.inOrder(root);
    entries = new int[order.length];
    Term[] testedBefore = new Term[order.length];
    entries[0] = 1;
    for (Decision decision : order) {
      if (!decision.isEnd()) {
        enter(decision, decision.yes, testedBefore);
        if (decision.no != decision.yes) {
          enter(decision, decision.no, testedBefore);
        }
      }
    }
    made = new Decision[order.length];
    for (int place = order.length - 1; place >= 0; place--) {
      // Those inside a row are made too, each with the rest of the row behind it, and then dropped
      // when the row's head is made.
      Term before = entries[place] == 1 ? testedBefore[place] : null;
      made[place] = remade(order[place], before == null ? Term.NONE : before);
    }
    return made[0];
  }

  private void enter(Decision from, Decision to, Term[] testedBefore) {
    entries[to.place]++;
    if (from.kind == Kind.TEST) {
      testedBefore[to.place] = from.left;
    }
  }

  private Decision remade(Decision decision, Term before) {
    Decision yes = made(decision.yes);
    Decision no = made(decision.no);
    return switch (decision.kind) {
      case ACCEPT, REJECT -> decision;
      case ASSIGN -> table.assign(decision.right, decision.left, yes);
      case CHAIN ->
          table.chain(decision.chainVersion(), decision.left, decision.chainProtocol(), yes, no);
      case TEST -> {
        int leavingOnYes = collect(decision, decision.yes);
        int leavingOnNo = collect(decision, decision.no);
        Decision exit = leavingOnYes > leavingOnNo ? decision.yes : decision.no;
        int length = collect(decision, exit);
        yield length > 1 && isScattered(length, before)
            ? grouped(length, exit, before)
            : table.test(decision.test, decision.left, decision.right, yes, no);
      }
    };
  }

  private Decision made(Decision decision) {
    Decision found = made[decision.place];
    return found == null ? decision : found;
  }

  /// Collects the row of tests from `head` on that all go to `exit`, each alone leading to the
  /// next.
  ///
  /// @return how many there are
  private int collect(Decision head, Decision exit) {
    int length = 0;
    Decision next = head;
    do {
      if (length == row.length) {
        row = java.util.Arrays.copyOf(row, length * 2);
      }
      row[length++] = next;
      next = next.yes == exit ? next.no : next.yes;
    } while (next.kind == Kind.TEST
        && entries[next.place] == 1
        && (next.yes == exit || next.no == exit));
    return length;
  }

  private boolean isScattered(int length, Term before) {
    for (int i = 1; i < length; i++) {
      Term term = row[i].left;
      if (term != row[i - 1].left) {
        if (term == before) {
          return true;
        }
        for (int j = 0; j < i - 1; j++) {
          if (row[j].left == term) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// The row with tests of one number together, that of the test before it first, the others in the
  /// order in which they come.
  private Decision grouped(int length, Decision exit, Term before) {
    Decision[] sorted = new Decision[length];
    boolean[] taken = new boolean[length];
    int count = 0;
    Term group = before;
    int first = 0;
    while (count < length) {
      for (int i = 0; i < length; i++) {
        if (!taken[i] && row[i].left == group) {
          taken[i] = true;
          sorted[count++] = row[i];
        }
      }
      while (first < length && taken[first]) {
        first++;
      }
      group = first < length ? row[first].left : Term.NONE;
    }
    Decision last = row[length - 1];
    Decision next = made(last.yes == exit ? last.no : last.yes);
    Decision out = made(exit);
    for (int i = length - 1; i >= 0; i--) {
      Decision test = sorted[i];
      next =
          test.yes == exit
              ? table.test(test.test, test.left, test.right, out, next)
              : table.test(test.test, test.left, test.right, next, out);
    }
    return next;
  }
}
