package io.ringtap.ebpf.kernel;

/// What a map is to be.
///
/// @param name at most 15 letters, digits, `_` and `.`, which lists of maps show; may be empty
/// @param type its kind
/// @param keyBytes bytes of a key
/// @param valueBytes bytes of a value, of one CPU if it is per CPU
/// @param entries how many elements there is room for; of a ring buffer its bytes, a power of two
///   of pages
public record MapDefinition(String name, MapType type, int keyBytes, int valueBytes, int entries) {
  /// Checks the name; all else the kernel checks.
  ///
  /// @throws IllegalArgumentException if the kernel would not take the name
  public MapDefinition {
    BpfCall.checkName(name);
  }

  /// An array of `entries` values.
  public static MapDefinition array(String name, int valueBytes, int entries) {
    return new MapDefinition(name, MapType.ARRAY, Integer.BYTES, valueBytes, entries);
  }

  /// An array of `entries` values for each CPU.
  public static MapDefinition perCpuArray(String name, int valueBytes, int entries) {
    return new MapDefinition(name, MapType.PER_CPU_ARRAY, Integer.BYTES, valueBytes, entries);
  }

  /// Prefixes of at most `prefixBytes`, 4 for IPv4 and 16 for IPv6.
  public static MapDefinition prefixes(String name, int prefixBytes, int valueBytes, int entries) {
    return new MapDefinition(
        name, MapType.LPM_TRIE, Integer.BYTES + prefixBytes, valueBytes, entries);
  }

  /// A map of the AF_XDP sockets of `queues` queues.
  public static MapDefinition xskMap(String name, int queues) {
    return new MapDefinition(name, MapType.XSK_MAP, Integer.BYTES, Integer.BYTES, queues);
  }

  /// A ring buffer of `bytes`, a power of two of pages.
  public static MapDefinition ringBuffer(String name, int bytes) {
    return new MapDefinition(name, MapType.RING_BUFFER, 0, 0, bytes);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "a map" : "the map " + name;
  }
}
