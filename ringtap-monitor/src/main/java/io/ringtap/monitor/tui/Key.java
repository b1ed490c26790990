package io.ringtap.monitor.tui;

/// What is pressed.
public enum Key {
  /// A character.
  TEXT,
  /// The arrow up.
  UP,
  /// The arrow down.
  DOWN,
  /// The arrow to the left.
  LEFT,
  /// The arrow to the right.
  RIGHT,
  /// A page up.
  PAGE_UP,
  /// A page down.
  PAGE_DOWN,
  /// To the beginning.
  HOME,
  /// To the end.
  END,
  /// Enter.
  ENTER,
  /// Escape.
  ESCAPE,
  /// Backspace.
  BACKSPACE
}
