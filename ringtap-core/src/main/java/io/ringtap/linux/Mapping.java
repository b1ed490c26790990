package io.ringtap.linux;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.SysMman;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A memory mapping that any thread may read and that its one owner closes.
///
/// [#memory] is tied to a shared arena: an access after [#close] throws IllegalStateException
/// instead of touching an unmapped page.
@SuppressWarnings("restricted")
public final class Mapping implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  private Mapping(MemorySegment raw) {
    memory =
        raw.reinterpret(
            arena,
            mapped -> {
              // munmap(2) of a range that mmap(2) returned does not fail in a way that could be
              // handled.
              int _ = Libc.munmap(CallState.current(), mapped, mapped.byteSize());
            });
  }

  /// Maps the first `bytes` of what `descriptor` gives access to, readable, writable and shared
  /// with the kernel.
  ///
  /// @param subject named in the exception
  /// @throws LinuxException if `mmap(2)` fails
  public static Mapping ofDescriptor(FileDescriptor descriptor, long bytes, String subject)
      throws LinuxException {
    return ofDescriptor(descriptor, 0, bytes, subject);
  }

  /// Maps `bytes` from `offset` on of what `descriptor` gives access to, readable, writable and
  /// shared with the kernel.
  ///
  /// @param offset a multiple of the page size
  /// @param subject named in the exception
  /// @throws LinuxException if `mmap(2)` fails
  public static Mapping ofDescriptor(
      FileDescriptor descriptor, long offset, long bytes, String subject) throws LinuxException {
    return map(bytes, SysMman.MAP_SHARED, descriptor.number(), offset, subject);
  }

  /// Maps `bytes` from `offset` on of what `descriptor` gives access to, shared with the kernel, to
  /// be read and not written.
  ///
  /// @param offset a multiple of the page size
  /// @param subject named in the exception
  /// @throws LinuxException if `mmap(2)` fails
  public static Mapping readOnly(FileDescriptor descriptor, long offset, long bytes, String subject)
      throws LinuxException {
    long address =
        Libc.mmap(
            CallState.current(),
            MemorySegment.NULL,
            bytes,
            SysMman.PROT_READ,
            SysMman.MAP_SHARED,
            descriptor.number(),
            offset);
    return new Mapping(checked(address, bytes, subject).asReadOnly());
  }

  /// Maps `bytes` of zeroed memory, whose pages are allocated when they are first touched.
  ///
  /// @param subject named in the exception
  /// @throws LinuxException if `mmap(2)` fails
  public static Mapping anonymous(long bytes, String subject) throws LinuxException {
    return map(
        bytes, SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS | SysMman.MAP_NORESERVE, -1, 0, subject);
  }

  /// Maps `bytes` of zeroed memory in huge pages, which are allocated at once.
  ///
  /// @param bytes a multiple of the size of a huge page
  /// @param subject named in the exception
  /// @throws LinuxException if `mmap(2)` fails: `ENOMEM` if there are not enough huge pages
  ///   (`sysctl vm.nr_hugepages`)
  public static Mapping hugePages(long bytes, String subject) throws LinuxException {
    int flags = SysMman.MAP_PRIVATE | SysMman.MAP_ANONYMOUS | SysMman.MAP_HUGETLB;
    return map(bytes, flags | SysMman.MAP_POPULATE, -1, 0, subject);
  }

  private static Mapping map(long bytes, int flags, int fd, long offset, String subject)
      throws LinuxException {
    long address =
        Libc.mmap(
            CallState.current(),
            MemorySegment.NULL,
            bytes,
            SysMman.PROT_READ | SysMman.PROT_WRITE,
            flags,
            fd,
            offset);
    return new Mapping(checked(address, bytes, subject));
  }

  private static MemorySegment checked(long address, long bytes, String subject)
      throws LinuxException {
    if (Libc.isError(address)) {
      throw new LinuxException("mmap(" + bytes + " bytes)", subject, Errno.of(address), "");
    }
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /// Bytes of a page of memory.
  public static int pageBytes() {
    return Libc.getpagesize(CallState.current());
  }

  /// The mapped memory. Valid until [#close].
  public MemorySegment memory() {
    return memory;
  }

  /// Unmaps. Later accesses throw; closing twice is harmless.
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
