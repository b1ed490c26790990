package io.ringtap.cli.fping;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import io.ringtap.ping.PingRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Makes targets of what the user names: on the command line, in a file, or as a network.
///
/// Names are looked up before anything is sent, many at a time; what is wrong with them is said in
/// their order.
final class TargetReader {
  private static final String DASH = "-";
  private static final String FOREIGN_FAMILY = "Address family for hostname not supported";
  private static final String UNKNOWN = "Name or service not known";
  private static final int LONGEST_NAME = 255; // bytes
  private static final int MOST_LOOKUPS = 64; // at a time
  private static final int BITS_OF_IPV4 = 32;
  private static final int BITS_OF_IPV6 = 128;
  private static final int FEWEST_BITS_OF_IPV6 = 65;
  private static final int MOST_GENERATED = 1 << 24; // as many as an IPv4 /8 has

  private final Settings settings;
  private final Streams streams;
  private int unknown;

  TargetReader(Settings settings, Streams streams) {
    this.settings = settings;
    this.streams = streams;
  }

  /// Names that had no address.
  int unknown() {
    return unknown;
  }

  /// Reads and looks up all targets.
  ///
  /// @throws Refusal if a file or a network cannot be read
  Hosts read() throws Refusal, InterruptedException {
    if (settings.isGenerated) {
      HostRange range =
          settings.targets.size() == 1
              ? network(settings.targets.getFirst())
              : range(settings.targets.getFirst(), settings.targets.getLast());
      if (range == null) {
        return new HostList();
      }
      return settings.isReverse || settings.isNameShown ? lookUp(words(range)) : range;
    }
    if (settings.file == null && !settings.targets.isEmpty()) {
      return lookUp(settings.targets);
    }
    return lookUp(words(settings.file == null ? DASH : settings.file));
  }

  // Networks

  private HostRange network(String text) throws Refusal {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      throw Refusal.withUsage();
    }
    String digits = text.substring(slash + 1);
    int length = digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    if (length < 0) {
      throw Refusal.withUsage();
    }
    String begin = text.substring(0, slash);
    IpAddress address = address(begin, ", ");
    int bits = address.isIpv6() ? BITS_OF_IPV6 : BITS_OF_IPV4;
    int fewest = address.isIpv6() ? FEWEST_BITS_OF_IPV6 : 1;
    if (length < fewest || length > bits) {
      throw Refusal.of(
          "netmask must be between " + fewest + " and " + bits + " (is: " + length + ")");
    }
    IpRange all = IpRange.ofPrefix(address, length);
    // Those of the network itself and of its broadcast are no hosts.
    boolean hasEnds = !address.isIpv6() && length < BITS_OF_IPV4 - 1;
    IpAddress first = hasEnds ? new IpAddress(false, 0, all.first().low() + 1) : all.first();
    long more = all.last().low() - all.first().low() - (hasEnds ? 2 : 0);
    return range(first, more, begin);
  }

  private @Nullable HostRange range(String begin, String end) throws Refusal {
    IpAddress first = address(begin, ": ");
    IpAddress last = address(end, ": ");
    if (first.isIpv6() != last.isIpv6()) {
      throw Refusal.of("can't parse address " + end + ": " + FOREIGN_FAMILY);
    }
    if (!scope(begin).equals(scope(end))) {
      throw Refusal.of("different scopes for start and end addresses");
    }
    if (first.compareTo(last) > 0) {
      return null;
    }
    long upper = last.high() - first.high();
    long more = last.low() - first.low();
    boolean isNear =
        upper == 0 || (upper == 1 && Long.compareUnsigned(last.low(), first.low()) < 0);
    return range(first, isNear ? more : Long.MAX_VALUE, begin);
  }

  /// @param more how many addresses follow the first, unsigned
  /// @param given the first address as it was given, for its scope
  private static HostRange range(IpAddress first, long more, String given) throws Refusal {
    if (Long.compareUnsigned(more, MOST_GENERATED) >= 0) {
      throw Refusal.of("-g parameter generates too many addresses");
    }
    String scope = scope(given);
    return new HostRange(first, (int) more + 1, scope, scope.isEmpty() ? 0 : scopeId(scope));
  }

  private IpAddress address(String text, String separator) throws Refusal {
    String problem = UNKNOWN;
    try {
      int percent = text.indexOf('%');
      IpAddress address = IpAddress.parse(percent < 0 ? text : text.substring(0, percent));
      if (isWanted(address)) {
        return address;
      }
      problem = FOREIGN_FAMILY;
    } catch (IllegalArgumentException e) {
      // It is no address.
    }
    throw Refusal.withText(
        Usage.name() + separator + "can't parse address " + text + ": " + problem + '\n',
        ExitStatus.BAD_OPTION);
  }

  private static String scope(String text) {
    int percent = text.indexOf('%');
    return percent < 0 ? "" : text.substring(percent);
  }

  private static int scopeId(String scope) throws Refusal {
    String name = scope.substring(1);
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found != null) {
        return found.getIndex();
      }
      if (name.matches("\\d{1,9}")) {
        return Integer.parseInt(name);
      }
    } catch (SocketException e) {
      // It is not known.
    }
    throw Refusal.of("can't parse address " + scope + ": " + UNKNOWN);
  }

  private boolean isWanted(IpAddress address) {
    return address.isIpv6() ? !settings.isIpv4 : !settings.isIpv6;
  }

  private static List<String> words(Hosts hosts) {
    List<String> words = new ArrayList<>(hosts.size());
    for (int host = 0; host < hosts.size(); host++) {
      words.add(hosts.given(host));
    }
    return words;
  }

  // Files

  /// The first words of all lines that are not comments.
  private static List<String> words(String file) throws Refusal {
    List<String> words = new ArrayList<>();
    try (InputStream input = new BufferedInputStream(open(file))) {
      ByteArrayOutputStream word = new ByteArrayOutputStream();
      boolean isPast = false; // whether the first word of the line has ended
      for (int c = input.read(); c >= 0; c = input.read()) {
        boolean isBlank = c == ' ' || (c >= '\t' && c <= '\r');
        if (!isBlank && !isPast) {
          word.write(c);
          isPast = word.size() == 1 && c == '#';
          if (word.size() > LONGEST_NAME) {
            throw Refusal.of("target name too long");
          }
        } else if (isBlank) {
          isPast |= word.size() > 0;
        }
        if (c == '\n') {
          add(words, word);
          isPast = false;
        }
      }
      add(words, word);
    } catch (FileNotFoundException e) {
      throw Refusal.withText(Usage.name() + ": fopen : " + reason(e) + '\n', ExitStatus.SYSTEM);
    } catch (IOException e) {
      throw Refusal.withText(
          Usage.name() + ": " + file + ": " + e.getMessage() + '\n', ExitStatus.SYSTEM);
    }
    return words;
  }

  private static InputStream open(String file) throws FileNotFoundException {
    return file.equals(DASH) ? new FileInputStream(FileDescriptor.in) : new FileInputStream(file);
  }

  private static void add(List<String> words, ByteArrayOutputStream bytes) {
    String word = bytes.toString(StandardCharsets.UTF_8);
    boolean hasMark = words.isEmpty() && word.startsWith("\uFEFF"); // a byte order mark
    if (!word.isEmpty() && word.charAt(0) != '#') {
      words.add(hasMark ? word.substring(1) : word);
    }
    bytes.reset();
  }

  /// `No such file or directory` of the message in which the JDK has it.
  private static String reason(FileNotFoundException e) {
    String message = String.valueOf(e.getMessage());
    int begin = message.lastIndexOf('(');
    return begin < 0 ? message : message.substring(begin + 1, message.length() - 1);
  }

  // Names

  /// What a word stands for, or what is wrong with it.
  private record Answer(List<HostList.Host> hosts, @Nullable String problem) {}

  private HostList lookUp(List<String> words) throws InterruptedException {
    HostList hosts = new HostList();
    if (words.size() == 1 || isNumeric(words)) {
      words.forEach(word -> add(hosts, answer(word)));
      return hosts;
    }
    try (ExecutorService lookups =
        Executors.newFixedThreadPool(Math.min(MOST_LOOKUPS, words.size()))) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (String word : words) {
        answers.add(lookups.submit(() -> answer(word)));
      }
      for (Future<Answer> answer : answers) {
        add(hosts, answer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return hosts;
  }

  /// Whether nothing has to be looked up.
  private boolean isNumeric(List<String> words) {
    if (settings.isReverse || settings.isNameShown) {
      return false;
    }
    for (String word : words) {
      if (parse(word) == null) {
        return false;
      }
    }
    return true;
  }

  private void add(HostList hosts, Answer answer) {
    answer.hosts.forEach(hosts::add);
    if (answer.problem != null) {
      unknown++;
      if (!settings.isQuiet) {
        streams.err(answer.problem);
      }
    }
  }

  private static @Nullable IpAddress parse(String word) {
    boolean isLikely =
        word.indexOf(':') >= 0 || (!word.isEmpty() && Character.isDigit(word.charAt(0)));
    try {
      return isLikely ? IpAddress.parse(word) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Answer answer(String word) {
    IpAddress address = parse(word);
    List<PingRequest> found;
    try {
      found = address != null ? List.of(PingRequest.to(address)) : PingRequest.toAll(word);
    } catch (UnknownHostException e) {
      return new Answer(List.of(), word + ": " + reason(e) + '\n');
    }
    List<HostList.Host> hosts = new ArrayList<>();
    for (PingRequest request : found) {
      if (isWanted(request.target()) && (hosts.isEmpty() || settings.isEveryAddress)) {
        hosts.add(
            new HostList.Host(
                request.target(), request.scopeId(), word, label(word, request.target())));
      }
    }
    return new Answer(hosts, hosts.isEmpty() ? word + ": " + FOREIGN_FAMILY + '\n' : null);
  }

  /// The text of `gai_strerror(3)`, which the JDK appends to the name.
  private static String reason(UnknownHostException e) {
    String message = String.valueOf(e.getMessage());
    String text = message.substring(message.lastIndexOf(": ") + 1).strip();
    return message.contains(": ") && !text.isEmpty() && Character.isUpperCase(text.charAt(0))
        ? text
        : UNKNOWN;
  }

  private String label(String word, IpAddress address) {
    boolean isNamed =
        settings.isReverse
            || (settings.isNameShown && (parse(word) != null || word.indexOf('%') >= 0));
    String name = isNamed ? address.toInetAddress().getCanonicalHostName() : word;
    if (!settings.isAddressShown) {
      return name;
    }
    return settings.isReverse || settings.isNameShown
        ? name + " (" + address + ')'
        : address.toString();
  }
}
