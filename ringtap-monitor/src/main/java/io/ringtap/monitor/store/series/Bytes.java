package io.ringtap.monitor.store.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes to which numbers are appended; grows as needed. Numbers of fixed length are little-endian,
/// others take seven bits a byte, the lowest first (LEB128).
final class Bytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST = 10; // bytes of a number of 64 bits
  private static final int FIRST_ROOM = 256;

  private byte[] array = new byte[FIRST_ROOM];
  private int length;

  /// The bytes; those up to [#length] count. Another array after each growth.
  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  /// Forgets what comes after this length, or makes room up to it.
  void setLength(int newLength) {
    room(newLength - length);
    length = newLength;
  }

  private void room(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
    }
  }

  void putByte(int value) {
    room(1);
    array[length++] = (byte) value;
  }

  void putInt(int value) {
    room(Integer.BYTES);
    INT.set(array, length, value);
    length += Integer.BYTES;
  }

  /// A number of 0 or more in as few bytes as it needs; a negative one takes ten.
  void putNumber(long value) {
    room(LONGEST);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
  }

  /// A number near 0, whichever its sign, in as few bytes as it needs.
  void putSigned(long value) {
    putNumber((value << 1) ^ (value >> 63));
  }

  void putBytes(byte[] bytes, int count) {
    room(count);
    System.arraycopy(bytes, 0, array, length, count);
    length += count;
  }

  void setInt(int at, int value) {
    INT.set(array, at, value);
  }

  void setLong(int at, long value) {
    LONG.set(array, at, value);
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }
}
