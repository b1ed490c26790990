package io.ringtap.ping;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.ProbeForm.HeaderOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What routers, and the target, are asked to write into the IPv4 header of a probe and of its
/// reply (RFC 791 §3.1). Many drop packets with such an option; those of Linux write.
public final class Recording {
  /// Nothing.
  public static final Recording NONE = new Recording(HeaderOption.NONE);

  /// The addresses of the first nine, as with `ping -R`.
  public static final Recording ROUTE = of(0x01_07_27_04); // a no-operation before the option

  /// The times of the first nine, as with `ping -T tsonly`.
  public static final Recording TIMES = of(0x44_28_05_00);

  /// Addresses and times of the first four, as with `ping -T tsandaddr`.
  public static final Recording ROUTE_AND_TIMES = of(0x44_24_05_01);

  /// How many hosts [#timesOf] takes at the most.
  public static final int MAX_HOSTS = 4;

  private static final int TIMES_OF_NONE = 0x44_04_05_03;
  private static final int LENGTH_OF_ONE = 0x00_08_00_00;
  private static final int TIMESTAMP = 0x44;

  private final HeaderOption option;

  private Recording(HeaderOption option) {
    this.option = option;
  }

  private static Recording of(int head) {
    return new Recording(new HeaderOption(head, List.of()));
  }

  static Recording of(HeaderOption option) {
    return new Recording(option);
  }

  /// The times of certain hosts, as with `ping -T tsprespec`. Each writes its own if it is the next
  /// in the list; so hosts are to be listed in the order in which a packet meets them, and after
  /// one that is not met no other writes.
  ///
  /// @param hosts IPv4 addresses, at most [#MAX_HOSTS]; without any nothing is recorded
  /// @throws IllegalArgumentException if there are more, or one is an IPv6 address
  public static Recording timesOf(List<IpAddress> hosts) {
    if (hosts.size() > MAX_HOSTS) {
      throw new IllegalArgumentException(hosts.size() + " hosts; at most " + MAX_HOSTS + " fit");
    }
    for (IpAddress host : hosts) {
      if (host.isIpv6()) {
        throw new IllegalArgumentException(host + " is not an IPv4 address");
      }
    }
    int head = TIMES_OF_NONE + hosts.size() * LENGTH_OF_ONE;
    return new Recording(new HeaderOption(head, List.copyOf(hosts)));
  }

  /// Whether times are recorded.
  public boolean hasTimes() {
    return option.head() >>> 24 == TIMESTAMP;
  }

  HeaderOption option() {
    return option;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Recording recording && option.equals(recording.option);
  }

  @Override
  public int hashCode() {
    return option.hashCode();
  }

  @Override
  public String toString() {
    return "Recording[%08x, %s]".formatted(option.head(), option.hosts());
  }
}
