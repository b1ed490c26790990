package io.ringtap.testnet;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.linux.NetlinkSocket;
import io.ringtap.linux.abi.Fcntl;
import io.ringtap.linux.abi.Sched;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A network namespace without a name: interfaces, addresses, routes and sockets apart from the
/// host's (`network_namespaces(7)`). A thread of this JVM lives in it and a descriptor holds it, so
/// it ends with [#close], and also when the JVM dies, however it dies: nothing can be left behind.
///
/// The loopback interface is up. Reverse-path filtering is off, so that an answer from an
/// unexpected address arrives. Any thread may use this class.
public final class NetworkNamespace implements AutoCloseable {
  private static final Path SYSCTL = Path.of("/proc/sys");

  private final String label;
  private final NamespaceThread thread;
  private final FileDescriptor descriptor;
  private final NetlinkSocket netlink; // used by tasks on the thread, so by one at a time

  private NetworkNamespace(
      String label, NamespaceThread thread, FileDescriptor descriptor, NetlinkSocket netlink) {
    this.label = label;
    this.thread = thread;
    this.descriptor = descriptor;
    this.netlink = netlink;
  }

  /// Work that [#call] carries out.
  ///
  /// @param <T> what it returns
  /// @param <E> what it throws, beyond unchecked exceptions
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /// Work that [#run] carries out.
  ///
  /// @param <E> what it throws, beyond unchecked exceptions
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void run() throws E;
  }

  /// Makes a namespace.
  ///
  /// @param label what exceptions and the thread's name call it; need not be unique
  /// @throws IOException (a LinuxException) if the kernel refuses: `EPERM` without CAP_SYS_ADMIN
  public static NetworkNamespace create(String label) throws IOException {
    NamespaceThread thread = new NamespaceThread(label);
    try {
      NetworkNamespace namespace = thread.call(() -> unshare(label, thread));
      try {
        namespace.link("lo").up();
        namespace.sysctl("net.ipv4.conf.all.rp_filter", "0");
        namespace.sysctl("net.ipv4.conf.default.rp_filter", "0");
        return namespace;
      } catch (IOException | RuntimeException e) {
        namespace.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      thread.close();
      throw e;
    }
  }

  private static NetworkNamespace unshare(String label, NamespaceThread thread)
      throws LinuxException {
    int rc = Libc.unshare(CallState.current(), Sched.CLONE_NEWNET);
    LinuxException.check(rc, "unshare(CLONE_NEWNET)", label, "needs CAP_SYS_ADMIN");
    FileDescriptor descriptor = open("/proc/thread-self/ns/net", Fcntl.O_RDONLY, label);
    try {
      return new NetworkNamespace(label, thread, descriptor, NetlinkSocket.open(label));
    } catch (LinuxException | RuntimeException e) {
      descriptor.close();
      throw e;
    }
  }

  private static FileDescriptor open(String path, int flags, String subject) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = Libc.open(CallState.current(), arena.allocateFrom(path), flags | Fcntl.O_CLOEXEC, 0);
      return new FileDescriptor(LinuxException.check(fd, "open(" + path + ")", subject));
    }
  }

  public String label() {
    return label;
  }

  /// Runs `task` on the namespace's thread and returns its result. Sockets that it opens belong to
  /// the namespace for good, whichever thread uses them then. Tasks run one after the other; a task
  /// may call this again.
  ///
  /// @throws E as `task` throws it
  /// @throws IllegalStateException if the namespace is closed
  public <T, E extends Exception> T call(Task<T, E> task) throws E {
    return thread.call(task);
  }

  /// As [#call], for work without a result.
  ///
  /// @throws E as `action` throws it
  /// @throws IllegalStateException if the namespace is closed
  public <E extends Exception> void run(Action<E> action) throws E {
    Task<Boolean, E> task =
        () -> {
          action.run();
          return true;
        };
    Boolean _ = thread.call(task);
  }

  /// The interface `name`, which need not exist yet.
  public Link link(String name) {
    return new Link(this, name);
  }

  /// The routes.
  public Routes routes() {
    return new Routes(this);
  }

  /// Lets the namespace forward packets between its interfaces, IPv4 and IPv6.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public void forward() throws IOException {
    sysctl("net.ipv4.ip_forward", "1");
    sysctl("net.ipv6.conf.all.forwarding", "1");
  }

  /// Sets a kernel parameter of this namespace alone.
  ///
  /// @param name as `sysctl(8)` takes it, such as `net.ipv4.ip_forward`, or with slashes, where a
  ///   dot is part of an interface's name
  /// @throws IOException (a LinuxException) if there is no such parameter or the kernel refuses the
  ///   value
  /// @throws IllegalArgumentException if `name` is not below `net`, and so not the namespace's own
  public void sysctl(String name, String value) throws IOException {
    Path path = SYSCTL.resolve(name.contains("/") ? name : name.replace('.', '/')).normalize();
    if (!path.startsWith(SYSCTL.resolve("net"))) {
      throw new IllegalArgumentException("not a parameter of the network: " + name);
    }
    String operation = "sysctl " + name + "=" + value;
    run(() -> {
      // Whose value a file below /proc/sys/net is, is decided by the thread that opens it.
      try (FileDescriptor file = open(path.toString(), Fcntl.O_WRONLY, operation);
          Arena arena = Arena.ofConfined()) {
        MemorySegment text = arena.allocateFrom(value);
        long rc = Libc.write(CallState.current(), file.number(), text, text.byteSize() - 1);
        LinuxException.check((int) rc, operation, label);
      }
    });
  }

  /// The command prefix that runs another program inside, as an argument list.
  ///
  /// @throws IllegalStateException if the namespace is closed
  public List<String> enter() {
    return List.of(
        "nsenter",
        "--net=/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor.number(),
        "--");
  }

  /// A builder of a process that runs `command` inside.
  ///
  /// @throws IllegalStateException if the namespace is closed
  public ProcessBuilder process(String... command) {
    List<String> whole = new ArrayList<>(enter());
    whole.addAll(Arrays.asList(command));
    return new ProcessBuilder(whole);
  }

  /// Starts `command` inside, with pipes for its streams. The caller ends the process.
  ///
  /// @throws IOException if `nsenter` cannot be started
  /// @throws IllegalStateException if the namespace is closed
  public Process start(String... command) throws IOException {
    return process(command).start();
  }

  /// Moves the calling thread into the namespace, for good (`setns(2)`): for a thread whose every
  /// socket is to belong there.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `EPERM` without CAP_SYS_ADMIN
  /// @throws IllegalStateException if the namespace is closed
  public void adoptCurrentThread() throws IOException {
    int rc = Libc.setns(CallState.current(), descriptor.number(), Sched.CLONE_NEWNET);
    LinuxException.check(rc, "setns(CLONE_NEWNET)", label, "needs CAP_SYS_ADMIN");
  }

  /// The namespace's descriptor, for `IFLA_NET_NS_FD`.
  int descriptor() {
    return descriptor.number();
  }

  /// Work with the namespace's netlink socket, on its thread.
  <T> T netlink(NetlinkTask<T> task) throws LinuxException {
    return call(() -> {
      try (Arena arena = Arena.ofConfined()) {
        return task.run(netlink, arena);
      }
    });
  }

  /// What [#netlink] carries out.
  @FunctionalInterface
  interface NetlinkTask<T> {
    T run(NetlinkSocket netlink, Arena arena) throws LinuxException;
  }

  /// Ends the namespace's thread, interrupting what it does. The kernel removes the namespace once
  /// its sockets, devices' descriptors and processes are gone too; veth peers in other namespaces
  /// go with it.
  @Override
  public void close() {
    thread.close();
    netlink.close();
    descriptor.close();
  }

  @Override
  public String toString() {
    return "network namespace '" + label + "'";
  }
}
