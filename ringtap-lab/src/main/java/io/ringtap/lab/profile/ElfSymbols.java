package io.ringtap.lab.profile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.lab.profile.SymbolTable.Symbol;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The functions of a program or library as its file names them (`elf(5)`): in the full symbol
/// table, or if it was stripped, in that for the dynamic linker. For 64-bit files of this machine's
/// byte order; any other has none.
final class ElfSymbols {
  /// A part of the file that is mapped for execution.
  private record Segment(long fileOffset, long address, long bytes) {}

  private static final int MAGIC = 0x464c457f; // 0x7f "ELF", read as a little-endian number
  private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
  private static final int IDENT = 4;

  // Of Elf64_Ehdr.
  private static final int E_PHOFF = 32;
  private static final int E_SHOFF = 40;
  private static final int E_PHENTSIZE = 54;
  private static final int E_PHNUM = 56;
  private static final int E_SHENTSIZE = 58;
  private static final int E_SHNUM = 60;

  // Of Elf64_Phdr.
  private static final int PT_LOAD = 1;
  private static final int P_OFFSET = 8;
  private static final int P_VADDR = 16;
  private static final int P_FILESZ = 32;

  // Of Elf64_Shdr.
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_DYNSYM = 11;
  private static final int SH_TYPE = 4;
  private static final int SH_OFFSET = 24;
  private static final int SH_SIZE = 32;
  private static final int SH_LINK = 40;

  // Of Elf64_Sym.
  private static final int SYMBOL_BYTES = 24;
  private static final int ST_INFO = 4;
  private static final int ST_SHNDX = 6;
  private static final int ST_VALUE = 8;
  private static final int ST_SIZE = 16;
  private static final int TYPE_MASK = 0xf;
  private static final int STT_FUNC = 2;
  private static final int STT_GNU_IFUNC = 10;

  private static final ElfSymbols NONE = new ElfSymbols(SymbolTable.of(List.of()), List.of());

  private final SymbolTable symbols;
  private final List<Segment> segments;

  private ElfSymbols(SymbolTable symbols, List<Segment> segments) {
    this.symbols = symbols;
    this.segments = segments;
  }

  /// Reads a file; without functions if it is not such a file, or damaged.
  static ElfSymbols read(Path file) {
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      MemorySegment elf = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return isKnown(elf) ? parse(elf) : NONE;
    } catch (IOException | IndexOutOfBoundsException _) {
      return NONE;
    }
  }

  private static boolean isKnown(MemorySegment elf) {
    return elf.byteSize() > E_SHNUM + Short.BYTES
        && ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN)
        && elf.get(JAVA_INT_UNALIGNED, 0) == MAGIC
        && elf.get(JAVA_SHORT_UNALIGNED, IDENT) == CLASS_64_LITTLE_ENDIAN;
  }

  private static ElfSymbols parse(MemorySegment elf) {
    List<Segment> segments = new ArrayList<>();
    long header = elf.get(JAVA_LONG_UNALIGNED, E_PHOFF);
    for (int i = 0; i < unsigned(elf, E_PHNUM); i++) {
      if (elf.get(JAVA_INT_UNALIGNED, header) == PT_LOAD) {
        segments.add(
            new Segment(
                elf.get(JAVA_LONG_UNALIGNED, header + P_OFFSET),
                elf.get(JAVA_LONG_UNALIGNED, header + P_VADDR),
                elf.get(JAVA_LONG_UNALIGNED, header + P_FILESZ)));
      }
      header += unsigned(elf, E_PHENTSIZE);
    }
    List<Symbol> symbols = symbols(elf, SHT_SYMTAB);
    if (symbols.isEmpty()) {
      symbols = symbols(elf, SHT_DYNSYM);
    }
    return new ElfSymbols(SymbolTable.of(symbols), segments);
  }

  private static List<Symbol> symbols(MemorySegment elf, int kind) {
    List<Symbol> symbols = new ArrayList<>();
    long sections = elf.get(JAVA_LONG_UNALIGNED, E_SHOFF);
    int sectionBytes = unsigned(elf, E_SHENTSIZE);
    for (int i = 0; i < unsigned(elf, E_SHNUM); i++) {
      long section = sections + (long) i * sectionBytes;
      if (elf.get(JAVA_INT_UNALIGNED, section + SH_TYPE) == kind) {
        int link = elf.get(JAVA_INT_UNALIGNED, section + SH_LINK);
        addSymbols(elf, section, sections + (long) link * sectionBytes, symbols);
      }
    }
    return symbols;
  }

  private static void addSymbols(
      MemorySegment elf, long section, long namesSection, List<Symbol> symbols) {
    long names = elf.get(JAVA_LONG_UNALIGNED, namesSection + SH_OFFSET);
    long at = elf.get(JAVA_LONG_UNALIGNED, section + SH_OFFSET);
    long end = at + elf.get(JAVA_LONG_UNALIGNED, section + SH_SIZE);
    for (; at + SYMBOL_BYTES <= end; at += SYMBOL_BYTES) {
      int type = elf.get(JAVA_BYTE, at + ST_INFO) & TYPE_MASK;
      boolean isDefined = elf.get(JAVA_SHORT_UNALIGNED, at + ST_SHNDX) != 0;
      if (isDefined && (type == STT_FUNC || type == STT_GNU_IFUNC)) {
        long name = names + Integer.toUnsignedLong(elf.get(JAVA_INT_UNALIGNED, at));
        symbols.add(
            new Symbol(
                elf.get(JAVA_LONG_UNALIGNED, at + ST_VALUE),
                elf.get(JAVA_LONG_UNALIGNED, at + ST_SIZE),
                elf.getString(name, StandardCharsets.UTF_8)));
      }
    }
  }

  private static int unsigned(MemorySegment elf, long at) {
    return Short.toUnsignedInt(elf.get(JAVA_SHORT_UNALIGNED, at));
  }

  /// The function whose code is at an offset in the file; empty if none is known.
  Optional<String> nameAtFileOffset(long offset) {
    for (Segment segment : segments) {
      long within = offset - segment.fileOffset();
      if (within >= 0 && within < segment.bytes()) {
        return symbols.nameAt(segment.address() + within).map(CppName::readable);
      }
    }
    return Optional.empty();
  }

  int size() {
    return symbols.size();
  }
}
