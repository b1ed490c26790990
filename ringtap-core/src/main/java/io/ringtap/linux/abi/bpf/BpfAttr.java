package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.MemoryLayout.unionLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.UnionLayout;

/// `union bpf_attr` (`linux/bpf.h`), the argument of every command of `bpf(2)`, as far as the
/// commands here need it. The union grows from kernel to kernel; a shorter one means zeros. Memory
/// that is pointed to must stay open until the call has returned.
@CHeader(value = "linux/bpf.h", type = "union bpf_attr", isBeginning = true)
public final class BpfAttr {
  public static final UnionLayout LAYOUT =
      unionLayout(
          structLayout(
              JAVA_INT.withName("map_type"),
              JAVA_INT.withName("key_size"),
              JAVA_INT.withName("value_size"),
              JAVA_INT.withName("max_entries")),
          structLayout(
              JAVA_INT.withName("map_fd"),
              paddingLayout(4),
              JAVA_LONG.withName("key"),
              JAVA_LONG.withName("value")),
          structLayout(
              JAVA_INT.withName("prog_type"),
              JAVA_INT.withName("insn_cnt"),
              JAVA_LONG.withName("insns"),
              JAVA_LONG.withName("license"),
              JAVA_INT.withName("log_level"),
              JAVA_INT.withName("log_size"),
              JAVA_LONG.withName("log_buf")));
  private static final long MAP_TYPE = Offsets.of(LAYOUT, "map_type");
  private static final long KEY_SIZE = Offsets.of(LAYOUT, "key_size");
  private static final long VALUE_SIZE = Offsets.of(LAYOUT, "value_size");
  private static final long MAX_ENTRIES = Offsets.of(LAYOUT, "max_entries");
  private static final long MAP_FD = Offsets.of(LAYOUT, "map_fd");
  private static final long KEY = Offsets.of(LAYOUT, "key");
  private static final long VALUE = Offsets.of(LAYOUT, "value");
  private static final long PROG_TYPE = Offsets.of(LAYOUT, "prog_type");
  private static final long INSN_CNT = Offsets.of(LAYOUT, "insn_cnt");
  private static final long INSNS = Offsets.of(LAYOUT, "insns");
  private static final long LICENSE = Offsets.of(LAYOUT, "license");
  private static final long LOG_LEVEL = Offsets.of(LAYOUT, "log_level");
  private static final long LOG_SIZE = Offsets.of(LAYOUT, "log_size");
  private static final long LOG_BUF = Offsets.of(LAYOUT, "log_buf");

  private BpfAttr() {}

  /// `BPF_MAP_CREATE`.
  public static MemorySegment mapCreate(
      Arena arena, int type, int keyBytes, int valueBytes, int entries) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, MAP_TYPE, type);
    attributes.set(JAVA_INT, KEY_SIZE, keyBytes);
    attributes.set(JAVA_INT, VALUE_SIZE, valueBytes);
    attributes.set(JAVA_INT, MAX_ENTRIES, entries);
    return attributes;
  }

  /// `BPF_MAP_LOOKUP_ELEM` and `BPF_MAP_UPDATE_ELEM`, which creates an element or replaces it.
  public static MemorySegment mapElement(
      Arena arena, int mapDescriptor, MemorySegment key, MemorySegment value) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, MAP_FD, mapDescriptor);
    attributes.set(JAVA_LONG, KEY, Pointer.of(key));
    attributes.set(JAVA_LONG, VALUE, Pointer.of(value));
    return attributes;
  }

  /// `BPF_PROG_LOAD`.
  ///
  /// @param instructions an array of `struct bpf_insn`, 8 bytes each
  /// @param license a string; `GPL` allows all helpers
  /// @param log memory for the verifier's messages; empty for none
  public static MemorySegment programLoad(
      Arena arena, int type, MemorySegment instructions, MemorySegment license, MemorySegment log) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, PROG_TYPE, type);
    attributes.set(JAVA_INT, INSN_CNT, (int) (instructions.byteSize() / Long.BYTES));
    attributes.set(JAVA_LONG, INSNS, Pointer.of(instructions));
    attributes.set(JAVA_LONG, LICENSE, Pointer.of(license));
    if (log.byteSize() > 0) {
      attributes.set(JAVA_INT, LOG_LEVEL, 1);
      attributes.set(JAVA_INT, LOG_SIZE, (int) log.byteSize());
      attributes.set(JAVA_LONG, LOG_BUF, Pointer.of(log));
    }
    return attributes;
  }
}
