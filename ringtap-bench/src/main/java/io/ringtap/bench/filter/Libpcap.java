package io.ringtap.bench.filter;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.packet.LinkType;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The compiler of the installed libpcap (`pcap_compile(3PCAP)`), called directly, for savefiles.
/// For one thread.
@SuppressWarnings("restricted")
final class Libpcap implements AutoCloseable {
  private static final String LIBRARY = "libpcap.so.0.8";
  private static final int PCAP_ERRBUF_SIZE = 256; // pcap/pcap.h
  private static final int BPF_INSN_BYTES =
      8; // pcap/bpf.h: u_short code; u_char jt, jf; bpf_u_int32 k
  private static final long INSNS = 8; // pcap/bpf.h: struct bpf_program, u_int bf_len first
  private static final long BPF_PROGRAM_BYTES = 16;
  private static final int MAX_MESSAGE = 256;
  private static final int NO_NETMASK = 0; // as tcpdump passes for savefiles

  private final Arena arena = Arena.ofConfined();
  private final Map<LinkType, MemorySegment> handles = new HashMap<>();
  private final MemorySegment program = arena.allocate(BPF_PROGRAM_BYTES, 8);
  private final int snaplen;
  private final MethodHandle openOffline;
  private final MethodHandle compile;
  private final MethodHandle freeCode;
  private final MethodHandle getError;
  private final MethodHandle close;

  /// @param snaplen bytes that programs keep
  Libpcap(int snaplen) {
    this.snaplen = snaplen;
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
    openOffline =
        linker.downcallHandle(
            library.findOrThrow("pcap_open_offline"),
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    compile =
        linker.downcallHandle(
            library.findOrThrow("pcap_compile"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    freeCode =
        linker.downcallHandle(
            library.findOrThrow("pcap_freecode"), FunctionDescriptor.ofVoid(ADDRESS));
    getError =
        linker.downcallHandle(
            library.findOrThrow("pcap_geterr"), FunctionDescriptor.of(ADDRESS, ADDRESS));
    close =
        linker.downcallHandle(
            library.findOrThrow("pcap_close"), FunctionDescriptor.ofVoid(ADDRESS));
  }

  /// Compiles and frees the program again.
  ///
  /// @param expression with a NUL at its end
  /// @return instructions of the program
  /// @throws IllegalArgumentException with libpcap's message if it refuses the expression
  int length(MemorySegment expression, LinkType linkType) {
    compile(expression, linkType);
    int length = program.get(JAVA_INT, 0);
    free();
    return length;
  }

  /// The optimized program of an expression.
  ///
  /// @throws IllegalArgumentException with libpcap's message if it refuses the expression
  BpfProgram program(String expression, LinkType linkType) {
    try (Arena call = Arena.ofConfined()) {
      compile(call.allocateFrom(expression), linkType);
    }
    int length = program.get(JAVA_INT, 0);
    MemorySegment insns = program.get(ADDRESS, INSNS).reinterpret((long) length * BPF_INSN_BYTES);
    List<BpfInstruction> instructions = new ArrayList<>();
    for (long at = 0; at < insns.byteSize(); at += BPF_INSN_BYTES) {
      instructions.add(
          new BpfInstruction(
              Short.toUnsignedInt(insns.get(JAVA_SHORT, at)),
              Byte.toUnsignedInt(insns.get(JAVA_BYTE, at + 2)),
              Byte.toUnsignedInt(insns.get(JAVA_BYTE, at + 3)),
              insns.get(JAVA_INT, at + 4)));
    }
    free();
    return new BpfProgram(instructions);
  }

  private void compile(MemorySegment expression, LinkType linkType) {
    MemorySegment handle = handles.computeIfAbsent(linkType, this::open);
    int rc;
    try {
      rc = (int) compile.invokeExact(handle, program, expression, 1, NO_NETMASK);
    } catch (Throwable e) {
      throw new IllegalStateException("pcap_compile", e);
    }
    if (rc != 0) {
      throw new IllegalArgumentException(expression.getString(0) + ": " + message(handle));
    }
  }

  /// A handle for a savefile without packets. Without a file, libpcap would compile for this
  /// machine's interfaces, where loopback headers are in the machine's byte order.
  private MemorySegment open(LinkType linkType) {
    try (Arena call = Arena.ofConfined()) {
      Path file = Files.createTempFile("empty", ".pcap");
      SavefileInterface packets = SavefileInterface.of(linkType, snaplen);
      SavefileOptions options = SavefileOptions.of(SavefileFormat.PCAP_MICROS, List.of(packets));
      SavefileWriter.open(file, options).close();
      MemorySegment message = call.allocate(PCAP_ERRBUF_SIZE);
      MemorySegment handle =
          (MemorySegment) openOffline.invokeExact(call.allocateFrom(file.toString()), message);
      Files.delete(file);
      if (handle.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("pcap_open_offline: " + message.getString(0));
      }
      return handle;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("pcap_open_offline", e);
    }
  }

  private void free() {
    try {
      freeCode.invokeExact(program);
    } catch (Throwable e) {
      throw new IllegalStateException("pcap_freecode", e);
    }
  }

  private String message(MemorySegment handle) {
    try {
      MemorySegment text = (MemorySegment) getError.invokeExact(handle);
      return text.reinterpret(MAX_MESSAGE).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("pcap_geterr", e);
    }
  }

  @Override
  public void close() {
    for (MemorySegment handle : handles.values()) {
      try {
        close.invokeExact(handle);
      } catch (Throwable e) {
        throw new IllegalStateException("pcap_close", e);
      }
    }
    arena.close();
  }
}
