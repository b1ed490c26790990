package io.ringtap.print.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The protocols of one [Line] by their numbers. A protocol that carries others finds them here, so
/// no protocol needs to know another.
public final class Protocols {
  /// Packets in packets beyond this are an attack on the reader.
  private static final int MAX_DEPTH = 32;

  private static final List<NumberSpace> PORTS =
      List.of(NumberSpace.UDP_PORT, NumberSpace.TCP_PORT);

  /// A number under which a protocol is known.
  ///
  /// @param name of the protocol
  public record Entry(String name, NumberSpace space, long number) {}

  /// The numbers of one registry, sorted.
  private static final class Numbers {
    private long[] numbers = {};
    private Protocol[] protocols = {};
    private int[] ranks = {};
    private @Nullable Protocol assumed;

    void add(long number, Protocol protocol, int rank) {
      int place = -1 - Arrays.binarySearch(numbers, number);
      if (place < 0) {
        throw new IllegalArgumentException("number " + number + " is taken");
      }
      int count = numbers.length;
      numbers = Arrays.copyOf(numbers, count + 1);
      protocols = Arrays.copyOf(protocols, count + 1);
      ranks = Arrays.copyOf(ranks, count + 1);
      System.arraycopy(numbers, place, numbers, place + 1, count - place);
      System.arraycopy(protocols, place, protocols, place + 1, count - place);
      System.arraycopy(ranks, place, ranks, place + 1, count - place);
      numbers[place] = number;
      protocols[place] = protocol;
      ranks[place] = rank;
    }

    @Nullable Protocol find(long number) {
      int place = Arrays.binarySearch(numbers, number);
      return place < 0 ? null : protocols[place];
    }

    /// Of two numbers, the protocol that was added first.
    @Nullable Protocol find(long one, long other) {
      int first = Arrays.binarySearch(numbers, one);
      int second = Arrays.binarySearch(numbers, other);
      if (first < 0 || (second >= 0 && ranks[second] < ranks[first])) {
        first = second;
      }
      return first < 0 ? null : protocols[first];
    }
  }

  private final Line line;
  private final Map<NumberSpace, Numbers> spaces = new EnumMap<>(NumberSpace.class);
  private final List<Entry> entries = new ArrayList<>();
  private int depth;

  /// Creates it without any protocol.
  public Protocols(Line line) {
    this.line = line;
    for (NumberSpace space : NumberSpace.values()) {
      spaces.put(space, new Numbers());
    }
  }

  /// Adds a protocol under its numbers. If the two ports of a packet stand for different protocols,
  /// the one that was added first counts.
  public void add(String name, Protocol protocol, NumberSpace space, long... numbers) {
    for (long number : numbers) {
      of(space).add(number, protocol, entries.size());
      entries.add(new Entry(name, space, number));
    }
  }

  /// From now on UDP and TCP carry one protocol, whatever their ports: `-T`.
  ///
  /// @throws IllegalArgumentException if neither of them carries a protocol of this name
  public void assume(String name) {
    boolean isKnown = false;
    for (Entry entry : entries) {
      isKnown |= PORTS.contains(entry.space()) && entry.name().equals(name);
    }
    if (!isKnown) {
      throw new IllegalArgumentException("neither UDP nor TCP carries a protocol '" + name + "'");
    }
    for (NumberSpace space : PORTS) {
      of(space).assumed = (_, _) -> {};
    }
    for (Entry entry : entries.reversed()) {
      if (PORTS.contains(entry.space()) && entry.name().equals(name)) {
        Numbers numbers = of(entry.space());
        numbers.assumed = numbers.find(entry.number());
      }
    }
  }

  /// Whether ports of this registry stand for nothing, because all packets carry one protocol.
  public boolean isAssumed(NumberSpace space) {
    return of(space).assumed != null;
  }

  /// All that was added, in this order.
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /// Prints a packet of the protocol with a number.
  ///
  /// @return false if nothing was there to print
  public boolean print(NumberSpace space, long number, long at, long length) {
    return print(of(space).find(number), at, length);
  }

  /// Prints what TCP or UDP carries: what is [assumed][#assume], or else what the ports of [Line]
  /// say.
  ///
  /// @return false if no protocol has one of the ports, and nothing was printed
  public boolean printByPort(NumberSpace space, long at, long length) {
    Numbers numbers = of(space);
    Protocol assumed = numbers.assumed;
    return print(
        assumed != null ? assumed : numbers.find(line.sourcePort(), line.destinationPort()),
        at,
        length);
  }

  private boolean print(@Nullable Protocol protocol, long at, long length) {
    if (protocol == null) {
      return false;
    }
    if (depth == MAX_DEPTH) {
      line.text("[too many headers]");
      return true;
    }
    depth++;
    protocol.print(at, length);
    depth--;
    return true;
  }

  private Numbers of(NumberSpace space) {
    return Objects.requireNonNull(spaces.get(space));
  }
}
