package io.ringtap.capture;

import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.ebpf.kernel.ProgramType;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.EbpfSocketFilter;
import io.ringtap.filter.FilterException;
import io.ringtap.socket.PacketSocket;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The programs with sets that are being attached to sockets. Each is loaded once, so that the
/// sockets of an interface share its sets. Once they are attached, the sockets hold them, and this
/// can be closed.
final class SetPrograms implements AutoCloseable {
  private static final String NAME = "ringtap_set";

  /// What became of a filter.
  ///
  /// @param program null if the kernel does not take it
  /// @param place where the filter runs
  private record Loaded(@Nullable LoadedProgram program, FilterPlace place) {}

  private final IdentityHashMap<SocketFilter, Loaded> loaded = new IdentityHashMap<>();

  /// Attaches a filter that looks something up.
  ///
  /// @return [FilterPlace#KERNEL], or where else it must run
  /// @throws LinuxException if the kernel takes the program, but not for this socket
  FilterPlace attach(SocketFilter filter, PacketSocket socket) throws LinuxException {
    Loaded found = loaded.get(filter);
    if (found == null) {
      found = load(filter);
      loaded.put(filter, found);
    }
    if (found.program != null) {
      socket.filter(found.program);
    }
    return found.place;
  }

  private static Loaded load(SocketFilter filter) {
    try {
      return new Loaded(
          LoadedProgram.load(
              EbpfSocketFilter.of(Objects.requireNonNull(filter.whole())),
              ProgramType.SOCKET_FILTER,
              NAME),
          FilterPlace.KERNEL);
    } catch (FilterException _) {
      return new Loaded(null, FilterPlace.USER_SPACE_FOR_SET);
    } catch (LinuxException e) {
      return new Loaded(
          null,
          e.errno().equals(Errno.EPERM)
              ? FilterPlace.USER_SPACE_WITHOUT_RIGHT
              : FilterPlace.USER_SPACE_FOR_SET);
    }
  }

  @Override
  public void close() {
    for (Loaded each : loaded.values()) {
      if (each.program != null) {
        each.program.close();
      }
    }
  }
}
