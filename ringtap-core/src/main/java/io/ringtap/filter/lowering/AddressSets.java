package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.greater;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.bpf.LookupTable;
import io.ringtap.bpf.LookupTable.Range;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.filter.lowering.AddressFile.Prefix;
import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Looks for addresses in sets. An IPv4 address takes one look-up, an IPv6 address one for each 32
/// bits that matter.
final class AddressSets {
  private static final int WORDS = 4; // of an IPv6 address

  private final Headers headers;
  private final LookupTable.Builder sets;

  AddressSets(Headers headers, LookupTable.Builder sets) {
    this.headers = headers;
    this.sets = sets;
  }

  /// Whether an address that `match` asks for is in the set.
  Condition condition(Match match, List<Prefix> prefixes) {
    Hosts hosts = new Hosts(headers);
    @Nullable Direction direction = match.qualifiers().direction();
    List<Prefix> ipv4 = prefixes.stream().filter(each -> !each.isIpv6()).toList();
    List<Prefix> ipv6 = prefixes.stream().filter(Prefix::isIpv6).toList();
    return hosts.inSets(
        match.qualifiers().protocol(),
        direction,
        ipv4.isEmpty() ? null : ipv4(ipv4),
        ipv6.isEmpty() ? null : ipv6(ipv6),
        match.position());
  }

  private Hosts.AddressTest ipv4(List<Prefix> prefixes) {
    int set =
        sets.add(
            merged(prefixes.stream().map(each -> range((int) each.low(), each.length())).toList()));
    return at -> equal(lookUp(at, new Constant(set)), LookupTable.YES);
  }

  private Hosts.AddressTest ipv6(List<Prefix> prefixes) {
    int set = node(prefixes, 0);
    int most = prefixes.stream().mapToInt(Prefix::length).max().orElse(0);
    int words = Math.max(1, (most + Integer.SIZE - 1) / Integer.SIZE);
    return at -> ipv6(at, words, new Constant(set));
  }

  /// @param words of the address that are left
  private Condition ipv6(int at, int words, Value state) {
    Value next = lookUp(at, state);
    Condition isIn = equal(next, LookupTable.YES);
    return words == 1
        ? isIn
        : or(isIn, and(greater(next, LookupTable.YES), ipv6(at + Integer.BYTES, words - 1, next)));
  }

  private Value lookUp(int at, Value state) {
    return new Operation(Operator.LOOK_UP, headers.network().load(Integer.BYTES, at), state);
  }

  /// Adds the node for a word of prefixes that are the same before it.
  private int node(List<Prefix> prefixes, int word) {
    List<Range> whole = new ArrayList<>();
    Map<Integer, List<Prefix>> longer = new TreeMap<>(Integer::compareUnsigned);
    for (Prefix each : prefixes) {
      int rest = each.length() - word * Integer.SIZE;
      if (rest <= Integer.SIZE) {
        whole.add(range(wordOf(each, word), rest));
      } else {
        longer.computeIfAbsent(wordOf(each, word), _ -> new ArrayList<>()).add(each);
      }
    }
    List<Range> ranges = merged(whole);
    List<Range> all = new ArrayList<>(ranges);
    int next = 0;
    for (Map.Entry<Integer, List<Prefix>> each : longer.entrySet()) {
      int value = each.getKey();
      while (next < ranges.size() && Integer.compareUnsigned(ranges.get(next).high(), value) < 0) {
        next++;
      }
      boolean isInWhole =
          next < ranges.size() && Integer.compareUnsigned(ranges.get(next).low(), value) <= 0;
      if (!isInWhole) {
        all.add(new Range(value, value, node(each.getValue(), word + 1)));
      }
    }
    all.sort(Comparator.comparing(Range::low, Integer::compareUnsigned));
    return sets.add(all);
  }

  private static int wordOf(Prefix prefix, int word) {
    long half = word < WORDS / 2 ? prefix.high() : prefix.low();
    return (int) (word % 2 == 0 ? half >>> Integer.SIZE : half);
  }

  private static Range range(int number, int length) {
    int rest = length == 0 ? -1 : (int) (0xFFFF_FFFFL >>> length);
    return new Range(number, number | rest, LookupTable.YES);
  }

  /// Ranges in ascending order, with those that overlap or touch as one.
  private static List<Range> merged(List<Range> ranges) {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(Range::low, Integer::compareUnsigned));
    List<Range> merged = new ArrayList<>();
    for (Range each : sorted) {
      Range last = merged.isEmpty() ? null : merged.getLast();
      boolean touches =
          last != null
              && (last.high() == -1 || Integer.compareUnsigned(each.low(), last.high() + 1) <= 0);
      if (last == null || !touches) {
        merged.add(each);
      } else if (Integer.compareUnsigned(each.high(), last.high()) > 0) {
        merged.set(merged.size() - 1, new Range(last.low(), each.high(), LookupTable.YES));
      }
    }
    return merged;
  }
}
