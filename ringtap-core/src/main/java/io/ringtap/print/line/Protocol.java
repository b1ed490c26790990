package io.ringtap.print.line;

/// A protocol that can be printed. An instance belongs to one [Line], and may remember what earlier
/// packets said.
@FunctionalInterface
public interface Protocol {
  /// Prints one packet of the protocol.
  ///
  /// It reads only by the methods of [Line], which end the line with a mark such as `[|udp]` where
  /// the captured bytes end. An offset that comes from the packet need not be checked before.
  ///
  /// @param at the offset of the first byte
  /// @param length bytes on the wire, of which fewer may have been captured
  void print(long at, long length);
}
