package io.ringtap.monitor.target;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.LookupSession.LookupSessionBuilder;

/// The name servers of this machine, as its file says now: it is read again when it changes, as it
/// does when a machine moves to another network. Any thread may use it.
final class Resolvers {
  private static final Path FILE = Path.of("/etc/resolv.conf");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How to ask.
  ///
  /// @param server all servers, one after the other
  /// @param search domains in which names may be that have few dots
  /// @param dots names with as many are whole at first
  record Settings(Resolver server, List<Name> search, int dots) {
    /// These servers, without any search.
    static Settings of(List<InetSocketAddress> servers, Duration patience) {
      return new Settings(resolver(servers, patience), List.of(), 1);
    }

    /// Begins a session without a resolver. What it does takes no time, so the thread that reads
    /// answers does it.
    LookupSessionBuilder session() {
      return LookupSession.builder().searchPath(search).ndots(dots).executor(Runnable::run);
    }

    private static Resolver resolver(List<InetSocketAddress> servers, Duration patience) {
      ExtendedResolver all =
          new ExtendedResolver(servers.stream().<Resolver>map(SimpleResolver::new).toList());
      for (Resolver each : all.getResolvers()) {
        each.setTimeout(patience);
      }
      all.setRetries(2);
      all.setTimeout(patience.multipliedBy(2L * servers.size()));
      return all;
    }
  }

  private @Nullable FileTime read;
  private @Nullable Settings settings;

  /// How to ask now.
  synchronized Settings settings() {
    FileTime written = written();
    if (settings == null || !written.equals(read)) {
      ResolverConfig.refresh();
      ResolverConfig config = ResolverConfig.getCurrentConfig();
      settings =
          new Settings(
              Settings.resolver(config.servers(), PATIENCE), config.searchPath(), config.ndots());
      read = written;
    }
    return settings;
  }

  private static FileTime written() {
    try {
      return Files.getLastModifiedTime(FILE);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
