package io.ringtap.device;

/// A change of an interface. An interface keeps its index as long as it exists; `name` is its name
/// after the event.
public sealed interface InterfaceEvent {
  /// The index of the interface, as `if_nametoindex(3)` returns it.
  int index();

  /// The name of the interface after the event.
  String name();

  /// It was set up. Sockets bound to it receive packets (again).
  ///
  /// @param index of the interface
  /// @param name of the interface
  record Up(int index, String name) implements InterfaceEvent {}

  /// It was set down.
  ///
  /// @param index of the interface
  /// @param name of the interface
  record Down(int index, String name) implements InterfaceEvent {}

  /// It has a new name.
  ///
  /// @param index of the interface
  /// @param old its name before
  /// @param name its name now
  record Renamed(int index, String old, String name) implements InterfaceEvent {}

  /// It is no longer in this namespace: deleted, or moved to another.
  ///
  /// @param index of the interface
  /// @param name of the interface
  record Vanished(int index, String name) implements InterfaceEvent {}

  /// It is new in this namespace; if it is up already, [Up] follows.
  ///
  /// @param index of the interface
  /// @param name of the interface
  record Appeared(int index, String name) implements InterfaceEvent {}
}
