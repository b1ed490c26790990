package io.ringtap.filter.lowering;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Always;
import io.ringtap.filter.condition.Condition.And;
import io.ringtap.filter.condition.Condition.Assign;
import io.ringtap.filter.condition.Condition.Chain;
import io.ringtap.filter.condition.Condition.Compare;
import io.ringtap.filter.condition.Condition.Never;
import io.ringtap.filter.condition.Condition.Not;
import io.ringtap.filter.condition.Condition.Or;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Ancillary;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Load;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.filter.condition.Value.Variable;
import io.ringtap.filter.lowering.ValueRange.Assigned;
import io.ringtap.packet.LinkType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A condition on whole packets, said of what a packet socket shows of them: a tag that was taken
/// out is looked for in what the kernel reports, and what lay after it four bytes before. So a
/// filter gives the same answer on a packet live and in a savefile.
///
/// Offsets and lengths on cooked sockets go on counting from the cooked header; who loads the
/// program into the kernel moves them.
final class SocketView {
  private final TakenTag tag;
  private final int firstVariable;
  private final ValueRange.OfVariables variables = new ValueRange.OfVariables();

  /// Loads whose place may be before or after the tag, as they are taken to be just now.
  private Map<Load, Value> taken = new HashMap<>();

  /// A load whose place has to be computed before, with its index in terms of what is shown.
  private @Nullable Load untold;

  private @Nullable Value untoldIndex;

  private SocketView(TakenTag tag, int firstVariable) {
    this.tag = tag;
    this.firstVariable = firstVariable;
  }

  /// @param variableCount the variables in `whole`
  static Condition of(Condition whole, LinkType linkType, int variableCount) {
    TakenTag tag = TakenTag.of(linkType);
    if (tag == null) {
      return whole;
    }
    Condition tagged = view(tag, 0, whole);
    if (variableCount > 0 && !Conditions.isSame(tagged, whole)) {
      tagged = view(tag, variableCount, whole); // each variable is assigned once on any way
    }
    return Conditions.choose(
        Conditions.equal(new Ancillary(AncillaryField.VLAN_TAG_PRESENT), 1), tagged, whole);
  }

  private static Condition view(TakenTag tag, int firstVariable, Condition whole) {
    return new SocketView(tag, firstVariable).seen(whole, Assigned.NONE).condition;
  }

  /// A condition, and what is assigned where it holds and where it does not.
  private record Seen(Condition condition, Assigned whenTrue, Assigned whenFalse) {
    static Seen of(Condition condition, Assigned whenTrue, Assigned whenFalse) {
      return new Seen(
          condition,
          condition instanceof Never ? Assigned.UNREACHED : whenTrue,
          condition instanceof Always ? Assigned.UNREACHED : whenFalse);
    }
  }

  private Seen seen(Condition whole, Assigned assigned) {
    Deque<Condition> chain = new ArrayDeque<>();
    Condition leftmost = whole;
    while (true) {
      if (leftmost instanceof And(Condition left, _)) {
        chain.push(leftmost);
        leftmost = left;
      } else if (leftmost instanceof Or(Condition left, _)) {
        chain.push(leftmost);
        leftmost = left;
      } else {
        break;
      }
    }
    Seen seen = leaf(leftmost, assigned);
    for (Condition link : chain) {
      seen = link instanceof And and ? and(seen, and.right()) : or(seen, ((Or) link).right());
    }
    return seen;
  }

  private Seen and(Seen left, Condition wholeRight) {
    if (left.condition instanceof Never) {
      return left;
    }
    Seen right = seen(wholeRight, left.whenTrue);
    return Seen.of(
        Conditions.and(left.condition, right.condition),
        right.whenTrue,
        left.whenFalse.inBoth(right.whenFalse));
  }

  private Seen or(Seen left, Condition wholeRight) {
    if (left.condition instanceof Always) {
      return left;
    }
    Seen right = seen(wholeRight, left.whenFalse);
    return Seen.of(
        KnownTpid.either(left.condition, right.condition),
        left.whenTrue.inBoth(right.whenTrue),
        right.whenFalse);
  }

  private Seen leaf(Condition whole, Assigned assigned) {
    return switch (whole) {
      case Always _, Never _ -> Seen.of(whole, assigned, assigned);
      case And _, Or _ -> seen(whole, assigned);
      case Not(Condition operand) -> {
        Seen seen = seen(operand, assigned);
        yield Seen.of(
            Conditions.not(seen.condition),
            /* whenTrue= */ seen.whenFalse,
            /* whenFalse= */ seen.whenTrue);
      }
      case Compare(Value left, Condition.Relation relation, Value right) -> {
        Condition condition =
            wherever(() ->
                KnownTpid.known(
                    new Compare(value(left, assigned), relation, value(right, assigned))));
        yield Seen.of(condition, assigned, assigned);
      }
      case Assign(int variable, Value value) -> {
        Condition condition =
            wherever(() -> new Assign(variable + firstVariable, value(value, assigned)));
        variables.assign(variable, variables.of(value, assigned));
        yield Seen.of(condition, assigned.with(variable), Assigned.UNREACHED);
      }
      case Chain(int version, Value network, int protocol) -> {
        Condition condition = wherever(() -> chain(version, network, protocol, assigned));
        yield Seen.of(condition, assigned, assigned);
      }
    };
  }

  private Condition chain(int version, Value network, int protocol, Assigned assigned) {
    Value place = value(network, assigned);
    if (variables.of(network, assigned).max() < tag.shownFrom()) {
      return new Chain(version, place, protocol);
    }
    Value shown =
        place instanceof Constant(int at)
            ? new Constant(at - TakenTag.BYTES)
            : new Operation(Operator.SUBTRACT, place, new Constant(TakenTag.BYTES));
    Condition after = new Chain(version, shown, protocol);
    return variables.of(network, assigned).min() >= tag.shownFrom()
        ? after
        : Conditions.choose(
            Conditions.atLeast(place, tag.shownFrom()), after, new Chain(version, place, protocol));
  }

  /// The condition that `maker` makes, for every place where its loads may be: each load whose
  /// place depends on the packet is tried after the tag, at each place that touches it, and before
  /// it.
  private Condition wherever(Supplier<Condition> maker) {
    untold = null;
    Condition condition = maker.get();
    Load load = untold;
    Value index = untoldIndex;
    if (load == null || index == null) {
      return condition;
    }
    Function<Value, Condition> as =
        value -> {
          Map<Load, Value> before = taken;
          taken = new HashMap<>(before);
          taken.put(load, value);
          Condition taking = wherever(maker);
          taken = before;
          return taking;
        };
    Value place =
        load.offset() == 0
            ? index
            : new Operation(Operator.ADD, index, new Constant(load.offset()));
    Condition elsewhere = as.apply(new Load(load.width(), index, load.offset()));
    for (int at = tag.shownFrom() - 1; at > tag.typeAt() - load.width() && at >= 0; at--) {
      elsewhere =
          Conditions.choose(
              Conditions.equal(place, at), as.apply(tag.load(load.width(), at)), elsewhere);
    }
    return Conditions.choose(
        Conditions.atLeast(place, tag.shownFrom()),
        as.apply(new Load(load.width(), index, load.offset() - TakenTag.BYTES)),
        elsewhere);
  }

  private Value value(Value whole, Assigned assigned) {
    return switch (whole) {
      case Constant _, Ancillary _ -> whole;
      case Value.Length length -> new Operation(Operator.ADD, length, new Constant(TakenTag.BYTES));
      case Variable(int number) -> new Variable(number + firstVariable);
      case Operation(Operator operator, Value left, Value right) ->
          new Operation(operator, value(left, assigned), value(right, assigned));
      case Load load -> load(load, assigned);
    };
  }

  private Value load(Load whole, Assigned assigned) {
    int width = whole.width();
    int offset = whole.offset();
    if (whole.index() instanceof Constant(int at)) {
      return tag.load(width, at + offset);
    }
    Value index = value(whole.index(), assigned);
    ValueRange reach = variables.of(whole.index(), assigned);
    boolean wraps = reach.min() + offset < 0 || reach.max() + offset > Integer.MAX_VALUE;
    if (!wraps && reach.min() + offset >= tag.shownFrom()) {
      return new Load(width, index, offset - TakenTag.BYTES);
    }
    if (!wraps && reach.max() + offset + width <= tag.typeAt()) {
      return new Load(width, index, offset);
    }
    Value now = taken.get(whole);
    if (now == null && untold == null) {
      untold = whole;
      untoldIndex = index;
    }
    return now == null ? whole : now;
  }
}
