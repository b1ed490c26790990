package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.MemoryLayout.unionLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.CText;
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
  /// Bytes of the name of a map or a program, with the zero at its end.
  private static final int NAME_BYTES = 16;

  public static final UnionLayout LAYOUT =
      unionLayout(
          structLayout(
              JAVA_INT.withName("map_type"),
              JAVA_INT.withName("key_size"),
              JAVA_INT.withName("value_size"),
              JAVA_INT.withName("max_entries"),
              JAVA_INT.withName("map_flags"),
              paddingLayout(8),
              sequenceLayout(NAME_BYTES, JAVA_BYTE).withName("map_name")),
          structLayout(
              JAVA_INT.withName("map_fd"),
              paddingLayout(4),
              JAVA_LONG.withName("key"),
              unionLayout(JAVA_LONG.withName("value"), JAVA_LONG.withName("next_key"))),
          structLayout(
              JAVA_INT.withName("prog_type"),
              JAVA_INT.withName("insn_cnt"),
              JAVA_LONG.withName("insns"),
              JAVA_LONG.withName("license"),
              JAVA_INT.withName("log_level"),
              JAVA_INT.withName("log_size"),
              JAVA_LONG.withName("log_buf"),
              paddingLayout(4),
              JAVA_INT.withName("prog_flags"),
              sequenceLayout(NAME_BYTES, JAVA_BYTE).withName("prog_name")),
          JAVA_INT.withName("prog_id"));
  private static final long MAP_TYPE = Offsets.of(LAYOUT, "map_type");
  private static final long KEY_SIZE = Offsets.of(LAYOUT, "key_size");
  private static final long VALUE_SIZE = Offsets.of(LAYOUT, "value_size");
  private static final long MAX_ENTRIES = Offsets.of(LAYOUT, "max_entries");
  private static final long MAP_FLAGS = Offsets.of(LAYOUT, "map_flags");
  private static final long MAP_NAME = Offsets.of(LAYOUT, "map_name");
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
  private static final long PROG_FLAGS = Offsets.of(LAYOUT, "prog_flags");
  private static final long PROG_NAME = Offsets.of(LAYOUT, "prog_name");
  private static final long PROG_ID = Offsets.of(LAYOUT, "prog_id");

  private BpfAttr() {}

  /// `BPF_MAP_CREATE`; [#mapName] and [#mapFlags] complete it.
  public static MemorySegment mapCreate(
      Arena arena, int type, int keyBytes, int valueBytes, int entries) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, MAP_TYPE, type);
    attributes.set(JAVA_INT, KEY_SIZE, keyBytes);
    attributes.set(JAVA_INT, VALUE_SIZE, valueBytes);
    attributes.set(JAVA_INT, MAX_ENTRIES, entries);
    return attributes;
  }

  /// Gives a map to be created a name, of at most 15 letters, digits, `_` and `.`.
  public static void mapName(MemorySegment attributes, String name) {
    CText.write(attributes, MAP_NAME, NAME_BYTES, name);
  }

  /// Sets the flags of a map to be created, such as [Bpf#BPF_F_NO_PREALLOC].
  public static void mapFlags(MemorySegment attributes, int flags) {
    attributes.set(JAVA_INT, MAP_FLAGS, flags);
  }

  /// `BPF_MAP_LOOKUP_ELEM`, `BPF_MAP_DELETE_ELEM` (without a value) and `BPF_MAP_UPDATE_ELEM`,
  /// which creates an element or replaces it. Of `BPF_MAP_GET_NEXT_KEY` the value is the next key.
  public static MemorySegment mapElement(
      Arena arena, int mapDescriptor, MemorySegment key, MemorySegment value) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, MAP_FD, mapDescriptor);
    attributes.set(JAVA_LONG, KEY, Pointer.of(key));
    attributes.set(JAVA_LONG, VALUE, Pointer.of(value));
    return attributes;
  }

  /// `BPF_PROG_LOAD`; [#programName], [#programFlags] and [#log] complete it.
  ///
  /// @param instructions an array of `struct bpf_insn`, 8 bytes each
  /// @param license a string; `GPL` allows all helpers
  public static MemorySegment programLoad(
      Arena arena, int type, MemorySegment instructions, MemorySegment license) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, PROG_TYPE, type);
    attributes.set(JAVA_INT, INSN_CNT, (int) (instructions.byteSize() / Long.BYTES));
    attributes.set(JAVA_LONG, INSNS, Pointer.of(instructions));
    attributes.set(JAVA_LONG, LICENSE, Pointer.of(license));
    return attributes;
  }

  /// Gives a program to be loaded a name, of at most 15 letters, digits, `_` and `.`.
  public static void programName(MemorySegment attributes, String name) {
    CText.write(attributes, PROG_NAME, NAME_BYTES, name);
  }

  /// Sets the flags of a program to be loaded, such as [Bpf#BPF_F_XDP_HAS_FRAGS].
  public static void programFlags(MemorySegment attributes, int flags) {
    attributes.set(JAVA_INT, PROG_FLAGS, flags);
  }

  /// Has the verifier say what it does.
  ///
  /// @param level 1 for the path to the error, 2 for every instruction with its registers
  /// @param log memory for it
  public static void log(MemorySegment attributes, int level, MemorySegment log) {
    attributes.set(JAVA_INT, LOG_LEVEL, level);
    attributes.set(JAVA_INT, LOG_SIZE, (int) log.byteSize());
    attributes.set(JAVA_LONG, LOG_BUF, Pointer.of(log));
  }

  /// `BPF_PROG_GET_FD_BY_ID`.
  public static MemorySegment programOfId(Arena arena, int id) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, PROG_ID, id);
    return attributes;
  }
}
