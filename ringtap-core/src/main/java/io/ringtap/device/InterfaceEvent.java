package io.ringtap.device;

/// What befell an interface. Its index stays the same as long as it is there; `name` is its name
/// after the event.
public sealed interface InterfaceEvent {
  int index();

  String name();

  /// It was set up. Sockets bound to it receive (again).
  record Up(int index, String name) implements InterfaceEvent {}

  /// It was set down.
  record Down(int index, String name) implements InterfaceEvent {}

  record Renamed(int index, String old, String name) implements InterfaceEvent {}

  /// It is no longer in this namespace: deleted, or moved to another.
  record Vanished(int index, String name) implements InterfaceEvent {}

  /// It is new in this namespace; if it is up already, [Up] follows.
  record Appeared(int index, String name) implements InterfaceEvent {}
}
