package io.ringtap.lab.profile;

/// A function of a call chain.
///
/// @param name of the function, or what is known instead: the file in brackets
/// @param kind whose code it is
record CodeFrame(String name, Kind kind) {
  enum Kind {
    KERNEL,
    /// The clock that the kernel maps into processes.
    CLOCK,
    /// Of a program or library.
    NATIVE,
    /// Of the JVM's own library.
    JVM,
    /// A method that the JVM has compiled.
    COMPILED,
    /// What the JVM generates when it starts: its interpreter, and adapters between kinds of code.
    GENERATED
  }
}
