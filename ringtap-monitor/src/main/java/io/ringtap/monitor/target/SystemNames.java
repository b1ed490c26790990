package io.ringtap.monitor.target;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.target.DnsQuery.Found;
import io.ringtap.monitor.target.Resolvers.Settings;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.IDN;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/// Names as this machine knows them: its hosts file, then DNS, which says how long an answer may be
/// relied on. What neither has, the C library is asked for, which may know more, such as the names
/// of multicast DNS; of a server that does not answer it is not asked, for it would only wait for
/// the same one.
final class SystemNames implements NameService {
  /// The system's own way to look up a name.
  interface Library {
    InetAddress[] find(String name) throws UnknownHostException;
  }

  /// How long is relied on an answer that does not say it.
  private static final long UNSAID_TTL_SECONDS = 60;

  /// Longer than all retries together may take.
  private static final long MOST_SECONDS = 60;

  /// The C library blocks threads of the system: few, of its own, which go when nobody needs them.
  private static final int LIBRARY_THREADS = 4;

  private final HostsFileParser hosts;
  private final Supplier<Settings> settings;
  private final Library library;
  private final ExecutorService libraryThreads;

  SystemNames() {
    this(Path.of("/etc/hosts"), new Resolvers()::settings, InetAddress::getAllByName);
  }

  SystemNames(Path hosts, Supplier<Settings> settings, Library library) {
    this.hosts = new HostsFileParser(hosts);
    this.settings = settings;
    this.library = library;
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LIBRARY_THREADS,
            LIBRARY_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("ringtap-resolver-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    libraryThreads = threads;
  }

  @Override
  public Answer find(String host, AddressFamily family, @Nullable IpAddress known)
      throws NameFailure, InterruptedException {
    String ascii = ascii(host);
    Name name = name(ascii);
    List<IpAddress> fixed = inHostsFile(name, family);
    if (!fixed.isEmpty()) {
      return new Answer(sorted(fixed, family), UNSAID_TTL_SECONDS);
    }
    boolean wantsIpv4 = family != AddressFamily.IPV6;
    boolean wantsIpv6 = family != AddressFamily.IPV4;
    Settings now = settings.get();
    CompletableFuture<Found> ipv6 = wantsIpv6 ? ask(now, name, true) : null;
    CompletableFuture<Found> ipv4 = wantsIpv4 ? ask(now, name, false) : null;
    DnsAnswer answer = new DnsAnswer(known);
    answer.take(ipv6, true);
    answer.take(ipv4, false);
    if (answer.isEnough()) {
      return new Answer(sorted(answer.addresses, family), answer.ttlSeconds);
    }
    if (!answer.isTimeout) {
      List<IpAddress> more = inLibrary(ascii, family);
      if (!more.isEmpty()) {
        return new Answer(more, UNSAID_TTL_SECONDS);
      }
    }
    throw new NameFailure(answer.why(family));
  }

  /// An internationalized name as DNS has it (RFC 3490 §4.1).
  private static String ascii(String host) throws NameFailure {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw new NameFailure("not a name: " + e.getMessage());
    }
  }

  private static Name name(String ascii) throws NameFailure {
    try {
      return Name.fromString(ascii);
    } catch (TextParseException e) {
      throw new NameFailure("not a name: " + e.getMessage());
    }
  }

  private List<IpAddress> inHostsFile(Name name, AddressFamily family) {
    List<IpAddress> found = new ArrayList<>();
    try {
      Name whole = Name.concatenate(name, Name.root);
      for (int type : new int[] {Type.AAAA, Type.A}) {
        hosts.getAddressForHost(whole, type).map(IpAddress::of).ifPresent(found::add);
      }
    } catch (IOException e) {
      return List.of(); // without the file there is DNS
    }
    found.removeIf(address -> !isWanted(address, family));
    return found;
  }

  private static boolean isWanted(IpAddress address, AddressFamily family) {
    return switch (family) {
      case IPV4 -> !address.isIpv6();
      case IPV6 -> address.isIpv6();
      case ANY, BOTH -> true;
    };
  }

  private static CompletableFuture<Found> ask(Settings settings, Name name, boolean isIpv6) {
    return DnsQuery.ask(settings.session(), settings.server(), name, isIpv6)
        .orTimeout(MOST_SECONDS, TimeUnit.SECONDS);
  }

  /// What DNS says of both families.
  private static final class DnsAnswer {
    final List<IpAddress> addresses = new ArrayList<>();
    long ttlSeconds = Long.MAX_VALUE;
    boolean isTimeout;
    private final @Nullable IpAddress known;
    private @Nullable String problem;

    /// Whether the family could not be asked for that the known address is of.
    private boolean isKnownUnsure;

    DnsAnswer(@Nullable IpAddress known) {
      this.known = known;
    }

    /// Waits for an answer.
    ///
    /// @param question null if that was not asked
    void take(@Nullable CompletableFuture<Found> question, boolean isIpv6)
        throws InterruptedException {
      if (question == null) {
        return;
      }
      try {
        Found found = question.get();
        addresses.addAll(found.addresses());
        if (!found.addresses().isEmpty()) {
          ttlSeconds = Math.min(ttlSeconds, found.ttlSeconds());
        }
      } catch (ExecutionException e) {
        isKnownUnsure |= known != null && known.isIpv6() == isIpv6;
        isTimeout |= isTimeout(e);
        problem = isTimeout ? "no name server answers" : "the name server failed";
      }
    }

    /// Whether it can be relied on: a family that could not be asked for must not move a name to an
    /// address of the other.
    boolean isEnough() {
      return !addresses.isEmpty() && !isKnownUnsure;
    }

    String why(AddressFamily family) {
      if (problem != null) {
        return problem;
      }
      return switch (family) {
        case IPV4 -> "no IPv4 address";
        case IPV6 -> "no IPv6 address";
        case ANY, BOTH -> "no such name";
      };
    }

    private static boolean isTimeout(Throwable problem) {
      for (Throwable each = problem; each != null; each = each.getCause()) {
        boolean isSaid =
            String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT).contains("timed out");
        if (each instanceof TimeoutException || isSaid) {
          return true;
        }
      }
      return false;
    }
  }

  private List<IpAddress> inLibrary(String ascii, AddressFamily family)
      throws InterruptedException {
    try {
      InetAddress[] all = libraryThreads.submit(() -> library.find(ascii)).get();
      return Stream.of(all)
          .map(IpAddress::of)
          .filter(address -> isWanted(address, family))
          .toList();
    } catch (ExecutionException e) {
      return List.of(); // it does not know more
    }
  }

  /// In the order in which they are to be used: IPv6 first if this machine has a way there, as RFC
  /// 6724 has it.
  private static List<IpAddress> sorted(List<IpAddress> addresses, AddressFamily family) {
    if (family != AddressFamily.ANY) {
      return addresses;
    }
    IpAddress ipv6 = addresses.stream().filter(IpAddress::isIpv6).findFirst().orElse(null);
    boolean isIpv6First = ipv6 != null && hasRoute(ipv6);
    Comparator<IpAddress> byUse = Comparator.comparing(address -> address.isIpv6() != isIpv6First);
    return addresses.stream().sorted(byUse).toList();
  }

  /// Whether the kernel knows a way to an address. Nothing is sent.
  private static boolean hasRoute(IpAddress address) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(address.toInetAddress(), 9);
      return true;
    } catch (SocketException | UncheckedIOException e) {
      return false;
    }
  }
}
