package io.ringtap.cli.monitor;

import io.ringtap.monitor.tui.Key;
import org.jspecify.annotations.Nullable;

/// Makes keys of the bytes that a terminal sends for them. One thread at a time uses it.
final class KeyDecoder {
  /// Told of each key.
  @FunctionalInterface
  interface Listener {
    /// A key was pressed.
    ///
    /// @param character of [Key#TEXT]; else 0
    void onKey(Key key, char character);
  }

  private static final int ESCAPE = 0x1B;
  private static final int DELETE = 0x7F;

  private final Listener listener;
  private final StringBuilder sequence = new StringBuilder(); // what followed an escape character
  private boolean isInSequence;
  private boolean isIdle; // since the last byte

  KeyDecoder(Listener listener) {
    this.listener = listener;
  }

  /// Takes a byte.
  void onByte(int value) {
    isIdle = false;
    if (value == ESCAPE) {
      endSequence();
      isInSequence = true;
    } else if (isInSequence) {
      inSequence((char) value);
    } else if (value == '\r' || value == '\n') {
      listener.onKey(Key.ENTER, (char) 0);
    } else if (value == DELETE || value == '\b') {
      listener.onKey(Key.BACKSPACE, (char) 0);
    } else if (value >= ' ' && value < DELETE) {
      listener.onKey(Key.TEXT, (char) value);
    }
  }

  /// Some time has passed: an escape character that nothing has followed for all of it is the key.
  void onTick() {
    if (isIdle) {
      endSequence();
    }
    isIdle = true;
  }

  private void endSequence() {
    if (isInSequence && sequence.isEmpty()) {
      listener.onKey(Key.ESCAPE, (char) 0);
    }
    isInSequence = false;
    sequence.setLength(0);
  }

  private void inSequence(char next) {
    sequence.append(next);
    boolean isIntroducer = sequence.length() == 1 && (next == '[' || next == 'O');
    boolean isParameter = sequence.length() > 1 && (next == ';' || Character.isDigit(next));
    if (isIntroducer || isParameter) {
      return;
    }
    Key key = key(next);
    isInSequence = false;
    sequence.setLength(0);
    if (key != null) {
      listener.onKey(key, (char) 0);
    }
  }

  /// The key of a whole sequence, whatever is held down with it.
  private @Nullable Key key(char last) {
    if (sequence.length() < 2) {
      return null;
    }
    return switch (last) {
      case 'A' -> Key.UP;
      case 'B' -> Key.DOWN;
      case 'C' -> Key.RIGHT;
      case 'D' -> Key.LEFT;
      case 'H' -> Key.HOME;
      case 'F' -> Key.END;
      case '~' -> numbered(sequence.substring(1).split("[;~]", 2)[0]);
      default -> null;
    };
  }

  private static @Nullable Key numbered(String number) {
    return switch (number) {
      case "1", "7" -> Key.HOME;
      case "4", "8" -> Key.END;
      case "5" -> Key.PAGE_UP;
      case "6" -> Key.PAGE_DOWN;
      default -> null;
    };
  }
}
