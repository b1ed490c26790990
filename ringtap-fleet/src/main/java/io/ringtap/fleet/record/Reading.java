package io.ringtap.fleet.record;

/// What reading a record's value comes to.
///
/// @param <T> what it should be
public sealed interface Reading<T> {
  /// It is right.
  ///
  /// @param <T> what it is
  record Valid<T>(T value) implements Reading<T> {}

  /// It is of a schema that this version does not know, so it can only be passed over.
  ///
  /// @param <T> what it would be
  record Newer<T>(int schema) implements Reading<T> {}

  /// It is not a record of the fleet, or not a possible one.
  ///
  /// @param <T> what it should be
  /// @param why in words, on one line
  record Invalid<T>(String why) implements Reading<T> {}
}
