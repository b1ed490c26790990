package io.ringtap.filter.graph;

import io.ringtap.filter.graph.Decision.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts tests of one number side by side, where the order of tests does not matter: in a row of
/// them that all leave it for the same place. The number then has to be loaded but once.
///
/// As with libpcap's optimizer, a packet that is too short for one of the numbers may so be decided
/// by another before it is dropped. The other way round must not be: a test is moved forward only
/// to where its number was computed already, and compares it with one that cannot drop the packet.
/// And no test is moved past one that may divide by zero, unless the row leads to where that leads.
final class TestGrouping {
  private final DecisionTable table;
  private Decision[] made = new Decision[0];
  private int[] entries = new int[0];
  private boolean[] isInside = new boolean[0];
  private Decision[] exits = new Decision[0];
  private Decision[] row = new Decision[16];

  /// The group of tests that each number belongs to, by its [Term#id].
  private int[] groups = new int[0];

  TestGrouping(DecisionTable table) {
    this.table = table;
  }

  Decision group(Decision root) {
    Decision[] order = table.inOrder(root);
    groups = new int[table.terms.size()];
    entries = new int[order.length];
    @Nullable Term[] testedBefore = new Term[order.length];
    entries[0] = 1;
    for (Decision decision : order) {
      if (!decision.isEnd()) {
        enter(decision, decision.yes, testedBefore);
        if (decision.no != decision.yes) {
          enter(decision, decision.no, testedBefore);
        }
      }
    }
    if (!markRows(order, testedBefore)) {
      return root;
    }
    made = new Decision[order.length];
    for (int place = order.length - 1; place >= 0; place--) {
      if (isInside[place]) {
        continue; // made with the head of its row
      }
      made[place] = remade(order[place], before(order[place], testedBefore));
    }
    return made[0];
  }

  /// The number tested right before a decision, if it can be reached on only one way.
  private Term before(Decision decision, @Nullable Term[] testedBefore) {
    Term before = entries[decision.place] == 1 ? testedBefore[decision.place] : null;
    return before == null ? Term.NONE : before;
  }

  /// Finds the rows, and what is inside of them.
  ///
  /// @return whether any is to be sorted
  private boolean markRows(Decision[] order, @Nullable Term[] testedBefore) {
    boolean isUnsorted = false;
    isInside = new boolean[order.length];
    exits = new Decision[order.length];
    for (Decision decision : order) {
      if (decision.kind == Kind.TEST && !isInside[decision.place]) {
        int leavingOnYes = collect(decision, decision.yes);
        int leavingOnNo = collect(decision, decision.no);
        Decision exit = leavingOnYes > leavingOnNo ? decision.yes : decision.no;
        exits[decision.place] = exit;
        int length = leavingOnYes > leavingOnNo ? collect(decision, exit) : leavingOnNo;
        for (int i = 1; i < length; i++) {
          isInside[row[i].place] = true;
        }
        isUnsorted = isUnsorted || putInGroups(length, before(decision, testedBefore)) < 0;
      }
    }
    return isUnsorted;
  }

  private void enter(Decision from, Decision to, @Nullable Term[] testedBefore) {
    entries[to.place]++;
    if (from.kind == Kind.TEST) {
      testedBefore[to.place] = from.left;
    }
  }

  private Decision remade(Decision decision, Term before) {
    return switch (decision.kind) {
      case ACCEPT, REJECT -> decision;
      case ASSIGN -> table.assign(decision.right, decision.left, made[decision.yes.place]);
      case CHAIN ->
          table.chain(
              decision.chainVersion(),
              decision.left,
              decision.chainProtocol(),
              made[decision.yes.place],
              made[decision.no.place]);
      case TEST -> grouped(decision, exits[decision.place], before);
    };
  }

  /// Collects the row of tests from `head` on that all go to `exit`, each alone leading to the
  /// next. Those after the head can be moved.
  ///
  /// @return how many there are
  private int collect(Decision head, Decision exit) {
    int length = 0;
    Decision next = head;
    do {
      if (length == row.length) {
        row = Arrays.copyOf(row, length * 2);
      }
      row[length++] = next;
      next = next.yes == exit ? next.no : next.yes;
    } while (next.kind == Kind.TEST
        && !next.right.mayFail
        && entries[next.place] == 1
        && (next.yes == exit || next.no == exit)
        && isMovable(row[length - 1], exit)
        && isMovable(next, exit));
    return length;
  }

  private boolean isMovable(Decision test, Decision exit) {
    boolean mayDivideByZero = test.left.mayDivideByZero || test.right.mayDivideByZero;
    return !mayDivideByZero || exit == table.reject;
  }

  /// Gives each number tested in the row its group: that of the test before it the first, the
  /// others in the order in which they come.
  ///
  /// @return how many groups there are; negative if the row is not in their order
  private int putInGroups(int length, Term before) {
    for (int i = 0; i < length; i++) {
      groups[row[i].left.id] = -1;
    }
    if (before != Term.NONE) {
      groups[before.id] = 0;
    }
    int count = 1;
    boolean isSorted = true;
    int latest = 0;
    for (int i = 0; i < length; i++) {
      Term term = row[i].left;
      if (groups[term.id] < 0) {
        groups[term.id] = count++;
      }
      isSorted &= groups[term.id] >= latest;
      latest = groups[term.id];
    }
    return isSorted ? count : -count;
  }

  /// Sorts the row so that tests of one number stand together.
  private void sort(int length, Term before) {
    int count = -putInGroups(length, before);
    if (count < 0) {
      return;
    }
    int[] starts = new int[count + 1];
    for (int i = 0; i < length; i++) {
      starts[groups[row[i].left.id] + 1]++;
    }
    for (int g = 1; g < starts.length; g++) {
      starts[g] += starts[g - 1];
    }
    Decision[] unsorted = Arrays.copyOf(row, length);
    for (int i = 0; i < length; i++) {
      row[starts[groups[unsorted[i].left.id]]++] = unsorted[i];
    }
  }

  /// The row from its head on, in its new order.
  private Decision grouped(Decision head, Decision exit, Term before) {
    int length = collect(head, exit);
    Decision last = row[length - 1];
    Decision next = made[(last.yes == exit ? last.no : last.yes).place];
    Decision out = made[exit.place];
    if (length > 1) {
      sort(length, before);
    }
    for (int i = length - 1; i >= 0; i--) {
      Decision test = row[i];
      next =
          test.yes == exit
              ? table.test(test.test, test.left, test.right, out, next)
              : table.test(test.test, test.left, test.right, next, out);
    }
    return next;
  }
}
