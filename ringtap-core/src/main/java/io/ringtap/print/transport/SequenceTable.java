package io.ringtap.print.transport;

import java.util.LinkedHashMap;
import java.util.Map;

/// The first sequence numbers of each connection, for a limited number of connections: the least
/// recently used one is forgotten first.
final class SequenceTable {
  /// Both directions have the same key: the lower endpoint comes first.
  private record Connection(
      long lesserHigh, long lesserLow, long greaterHigh, long greaterLow, int ports) {}

  /// The sequence number before the first byte, for the data of the lower and of the higher
  /// endpoint.
  private static final class Origins {
    int lesser;
    int greater;
  }

  private final Map<Connection, Origins> connections;

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

  /// Processes a packet with an acknowledgment number.
  ///
  /// @param isFirst whether SYN is set, so that a new connection of the same endpoints begins
  void see(
      long sourceHigh,
      long sourceLow,
      int sourcePort,
      long destinationHigh,
      long destinationLow,
      int destinationPort,
      boolean isFirst,
      int sequence,
      int acknowledgment) {
    int order = Long.compareUnsigned(sourceHigh, destinationHigh);
    order = order != 0 ? order : Long.compareUnsigned(sourceLow, destinationLow);
    order = order != 0 ? order : Integer.compare(sourcePort, destinationPort);
    boolean isLesser = order <= 0;
    Connection key =
        isLesser
            ? new Connection(
                sourceHigh,
                sourceLow,
                destinationHigh,
                destinationLow,
                sourcePort << 16 | destinationPort)
            : new Connection(
                destinationHigh,
                destinationLow,
                sourceHigh,
                sourceLow,
                destinationPort << 16 | sourcePort);
    Origins origins = connections.get(key);
    boolean isNew = origins == null || isFirst;
    if (origins == null) {
      origins = new Origins();
      connections.put(key, origins);
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
