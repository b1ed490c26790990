package io.ringtap.testnet.load;

import io.ringtap.ebpf.XdpAction;
import io.ringtap.testnet.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Load that the kernel generates: frames that arrive at an interface as if its network card had
/// received them, more than a million per second and injecting CPU. Packet sockets see them as
/// packets to another host ([LoadFrame]); the stack then drops them without an answer.
///
/// `BPF_PROG_TEST_RUN` with live frames runs an XDP program that passes them on (since Linux 5.18;
/// Documentation/bpf/bpf_prog_run.rst). The driver's counters do not count such frames, but the
/// stack's do: each is counted in [Link.Counters#rxOtherHost].
///
/// The setters return this object. Not thread-safe. A load can be started several times.
public final class FrameLoad {
  private final Link link;
  private long frames = 1;
  private int size = LoadFrame.SMALLEST;
  private long rate;
  private int[] cpus = {Injector.ANY_CPU};
  private int sources = 1;
  private int ports = 1;
  private int heavyHitters;
  private int heavyPermille;
  private @Nullable EchoTraffic echo;
  private XdpAction verdict = XdpAction.PASS;

  private FrameLoad(Link link) {
    this.link = link;
  }

  /// A load for `link`, an Ethernet interface in a [io.ringtap.testnet.NetworkNamespace]. The
  /// default is one frame of the smallest size.
  public static FrameLoad on(Link link) {
    return new FrameLoad(link);
  }

  /// Sets the number of frames, for all CPUs together.
  ///
  /// @throws IllegalArgumentException if the number is negative
  public FrameLoad frames(long count) {
    this.frames = checked("frames", count, 0, Long.MAX_VALUE);
    return this;
  }

  /// Sets the size of each frame, without the frame check sequence.
  ///
  /// @throws IllegalArgumentException if it is not [LoadFrame#SMALLEST] to [LoadFrame#LARGEST]
  public FrameLoad size(int bytes) {
    this.size = (int) checked("bytes", bytes, LoadFrame.SMALLEST, LoadFrame.LARGEST);
    return this;
  }

  /// Sets the number of frames per second for all CPUs together; 0 for as many as possible. Frames
  /// come in bursts of about 10 ms.
  ///
  /// @throws IllegalArgumentException if the number is negative
  public FrameLoad rate(long framesPerSecond) {
    this.rate = checked("frames a second", framesPerSecond, 0, Long.MAX_VALUE);
    return this;
  }

  /// Sets the CPUs that inject, each with a pinned thread and a share of the frames. A number may
  /// be repeated. By default, one thread injects on any CPU.
  ///
  /// @throws IllegalArgumentException if there are none, or a number is negative
  public FrameLoad cpus(int... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("no CPU to inject on");
    }
    for (int number : numbers) {
      checked("a CPU's number", number, 0, Integer.MAX_VALUE);
    }
    this.cpus = numbers.clone();
    return this;
  }

  /// Sets the number of source addresses, see [FrameVariation].
  public FrameLoad sources(int count) {
    this.sources = count;
    return this;
  }

  /// Sets the number of source ports, see [FrameVariation].
  public FrameLoad ports(int count) {
    this.ports = count;
    return this;
  }

  /// Makes the first `count` sources send `permille` thousandths of the frames in addition to their
  /// turns, see [FrameVariation].
  public FrameLoad heavyHitters(int count, int permille) {
    this.heavyHitters = count;
    this.heavyPermille = permille;
    return this;
  }

  /// Makes the frames ICMP echo messages, which the stack accepts and raw sockets receive. They are
  /// not in the form of a [LoadFrame] and have no [FrameVariation].
  public FrameLoad echo(EchoTraffic traffic) {
    this.echo = traffic;
    return this;
  }

  /// Has the interface send the frames, as far as it has room for them, so that they arrive at the
  /// other end of its cable like those of another host, and meet XDP programs there. A `veth`
  /// interface does so if its peer runs an XDP program in native mode or has GRO on; otherwise the
  /// frames are dropped.
  public FrameLoad outgoing() {
    this.verdict = XdpAction.TX;
    return this;
  }

  /// Starts injecting. When this returns, all threads are running.
  ///
  /// @throws IOException if the interface is in the host's own namespace; or (a LinuxException) if
  ///   the kernel refuses: `EPERM` without CAP_BPF and CAP_NET_ADMIN, `ENODEV` if there is no such
  ///   interface, `EINVAL` if there is no such CPU
  /// @throws IllegalArgumentException if the variation is out of range
  public RunningLoad start() throws IOException {
    FrameVariation variation = new FrameVariation(sources, ports, heavyHitters, heavyPermille);
    LoadKind kind = echo == null ? LoadKind.datagrams(variation) : new EchoKind(echo);
    int index = link.index();
    CountDownLatch go = new CountDownLatch(1);
    List<Injector> injectors = new ArrayList<>();
    Injector.Task task = new Injector.Task(kind, size, verdict, rate / 1e9 / cpus.length);
    long first = 0;
    for (int i = 0; i < cpus.length; i++) {
      long share = frames / cpus.length + (i < frames % cpus.length ? 1 : 0);
      injectors.add(new Injector(link, index, task, new Injector.Share(cpus[i], first, share), go));
      first += share;
    }
    RunningLoad load = new RunningLoad(injectors, variation, go);
    load.start();
    return load;
  }

  private static long checked(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(what, least, most, value));
    }
    return value;
  }
}
