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

/// An anonymous network namespace: interfaces, addresses, routes and sockets separate from the
/// host's (`network_namespaces(7)`). Only a thread and a descriptor of this JVM keep it alive, so
/// it ends with [#close], or when the JVM ends for any reason, and nothing is left behind.
///
/// The loopback interface is up. Reverse-path filtering is off, so that an answer from an
/// unexpected address arrives. Any thread may use this class.
public final class NetworkNamespace implements AutoCloseable {
  private static final Path SYSCTL = Path.of("/proc/sys");

  private final String label;
  private final NamespaceThread thread;
  private final FileDescriptor descriptor;
  private final NetlinkSocket netlink; // used by tasks on the thread, so one at a time

  private NetworkNamespace(
      String label, NamespaceThread thread, FileDescriptor descriptor, NetlinkSocket netlink) {
    this.label = label;
    this.thread = thread;
    this.descriptor = descriptor;
    this.netlink = netlink;
  }

  /// A task for [#call].
  ///
  /// @param <T> its result
  /// @param <E> its checked exception
  @FunctionalInterface
  public interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /// A task for [#run].
  ///
  /// @param <E> its checked exception
  @FunctionalInterface
  public interface Action<E extends Exception> {
    void run() throws E;
  }

  /// Creates a namespace.
  ///
  /// @param label its name in exceptions and in the thread's name; need not be unique
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

  /// Runs `task` on the namespace's thread and returns its result. Sockets opened by the task stay
  /// in the namespace, whichever thread uses them later. Tasks run one after the other; a task may
  /// call this method.
  ///
  /// @throws E if `task` throws it
  /// @throws IllegalStateException if the namespace is closed
  public <T, E extends Exception> T call(Task<T, E> task) throws E {
    return thread.call(task);
  }

  /// Like [#call], for a task without a result.
  ///
  /// @throws E if `action` throws it
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

  /// Makes the namespace forward IPv4 and IPv6 packets between its interfaces.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses
  public void forward() throws IOException {
    sysctl("net.ipv4.ip_forward", "1");
    sysctl("net.ipv6.conf.all.forwarding", "1");
  }

  /// Sets a kernel parameter of this namespace.
  ///
  /// @param name as for `sysctl(8)`, such as `net.ipv4.ip_forward`, or with slashes if an interface
  ///   name contains a dot
  /// @throws IOException (a LinuxException) if there is no such parameter or the kernel refuses the
  ///   value
  /// @throws IllegalArgumentException if `name` is not below `net`, because other parameters do not
  ///   belong to the namespace
  public void sysctl(String name, String value) throws IOException {
    Path path = SYSCTL.resolve(name.contains("/") ? name : name.replace('.', '/')).normalize();
    if (!path.startsWith(SYSCTL.resolve("net"))) {
      throw new IllegalArgumentException("not a parameter of the network: " + name);
    }
    String operation = "sysctl " + name + "=" + value;
    run(() -> {
      // A file below /proc/sys/net shows the value of the namespace of the thread that opens it.
      try (FileDescriptor file = open(path.toString(), Fcntl.O_WRONLY, operation);
          Arena arena = Arena.ofConfined()) {
        MemorySegment text = arena.allocateFrom(value);
        long rc = Libc.write(CallState.current(), file.number(), text, text.byteSize() - 1);
        LinuxException.check((int) rc, operation, label);
      }
    });
  }

  /// The command prefix that runs another program in the namespace, as an argument list.
  ///
  /// @throws IllegalStateException if the namespace is closed
  public List<String> enter() {
    return List.of(
        "nsenter",
        "--net=/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor.number(),
        "--");
  }

  /// A builder for a process that runs `command` in the namespace.
  ///
  /// @throws IllegalStateException if the namespace is closed
  public ProcessBuilder process(String... command) {
    List<String> whole = new ArrayList<>(enter());
    whole.addAll(Arrays.asList(command));
    return new ProcessBuilder(whole);
  }

  /// Starts `command` in the namespace, with pipes for its streams. The caller must end the
  /// process.
  ///
  /// @throws IOException if `nsenter` cannot be started
  /// @throws IllegalStateException if the namespace is closed
  public Process start(String... command) throws IOException {
    return process(command).start();
  }

  /// Moves the calling thread into the namespace permanently (`setns(2)`), so that all its sockets
  /// belong to the namespace.
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

  /// Runs a task with the namespace's netlink socket on its thread.
  <T> T netlink(NetlinkTask<T> task) throws LinuxException {
    return call(() -> {
      try (Arena arena = Arena.ofConfined()) {
        return task.run(netlink, arena);
      }
    });
  }

  /// A task for [#netlink].
  @FunctionalInterface
  interface NetlinkTask<T> {
    T run(NetlinkSocket netlink, Arena arena) throws LinuxException;
  }

  /// Interrupts and ends the namespace's thread. The kernel removes the namespace, with its veth
  /// pairs, once its sockets, device descriptors and processes are gone too.
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
