package io.ringtap.print.transport;

import java.util.LinkedHashMap;
import java.util.Map;

/// The first sequence numbers of each connection, for a limited number of connections: the least
/// recently used one is forgotten first.
final class SequenceTable {
  /// Both directions have the same key: the lower endpoint comes first. A key in the map is never
  /// changed; one outside looks up all packets, so that a packet allocates nothing.
  private static final class Connection {
    private long lesserHigh;
    private long lesserLow;
    private long greaterHigh;
    private long greaterLow;
    private int ports;

    void lesser(long high, long low, int port) {
      lesserHigh = high;
      lesserLow = low;
      ports = port << 16 | (ports & 0xFFFF);
    }

    void greater(long high, long low, int port) {
      greaterHigh = high;
      greaterLow = low;
      ports = (ports & 0xFFFF_0000) | port;
    }

    /// Puts the lower endpoint first.
    ///
    /// @return whether it was first
    boolean sort() {
      int order = Long.compareUnsigned(lesserHigh, greaterHigh);
      order = order != 0 ? order : Long.compareUnsigned(lesserLow, greaterLow);
      order = order != 0 ? order : Integer.compare(ports >>> 16, ports & 0xFFFF);
      if (order <= 0) {
        return true;
      }
      long high = lesserHigh;
      long low = lesserLow;
      int port = ports >>> 16;
      lesser(greaterHigh, greaterLow, ports & 0xFFFF);
      greater(high, low, port);
      return false;
    }

    Connection copy() {
      Connection copy = new Connection();
      copy.lesser(lesserHigh, lesserLow, ports >>> 16);
      copy.greater(greaterHigh, greaterLow, ports & 0xFFFF);
      return copy;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Connection that
          && lesserHigh == that.lesserHigh
          && lesserLow == that.lesserLow
          && greaterHigh == that.greaterHigh
          && greaterLow == that.greaterLow
          && ports == that.ports;
    }

    @Override
    public int hashCode() {
      long mixed = ((lesserHigh * 31 + lesserLow) * 31 + greaterHigh) * 31 + greaterLow;
      return Long.hashCode(mixed * 31 + ports);
    }
  }

  /// The sequence number before the first byte, for the data of the lower and of the higher
  /// endpoint.
  private static final class Origins {
    int lesser;
    int greater;
  }

  private final Map<Connection, Origins> connections;
  private final Connection asked = new Connection();

  /// The numbers to subtract from the sequence and acknowledgment numbers of the packet last passed
  /// to [#see]; 0 for the first packet of a connection, whose numbers are printed as they are.
  int sequenceOrigin;

  int acknowledgmentOrigin;

  /// The number to subtract from those in its SACK option.
  int selectiveOrigin;

  SequenceTable(int capacity) {
    this.connections =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Connection, Origins> eldest) {
            return size() > capacity;
          }
        };
  }

  /// Notes the sender of the next packet.
  ///
  /// @param high the first half of its address; 0 over IPv4
  void source(long high, long low, int port) {
    asked.lesser(high, low, port);
  }

  /// Notes the receiver of the next packet, as [#source] does its sender.
  void destination(long high, long low, int port) {
    asked.greater(high, low, port);
  }

  /// Processes a packet with an acknowledgment number, after [#source] and [#destination].
  ///
  /// @param isFirst whether SYN is set, so that a new connection of the same endpoints begins
  void see(boolean isFirst, int sequence, int acknowledgment) {
    boolean isLesser = asked.sort();
    Origins origins = connections.get(asked);
    boolean isNew = origins == null || isFirst;
    if (origins == null) {
      origins = new Origins();
      connections.put(asked.copy(), origins);
    }
    if (isNew) {
      origins.lesser = isLesser ? sequence : acknowledgment - 1;
      origins.greater = isLesser ? acknowledgment - 1 : sequence;
    }
    int own = isLesser ? origins.lesser : origins.greater;
    int other = isLesser ? origins.greater : origins.lesser;
    sequenceOrigin = isNew ? 0 : own;
    acknowledgmentOrigin = isNew ? 0 : other;
    selectiveOrigin = other;
  }

  /// Processes a packet without an acknowledgment number, or if numbers are printed absolute.
  void pass() {
    sequenceOrigin = 0;
    acknowledgmentOrigin = 0;
    selectiveOrigin = 0;
  }
}
