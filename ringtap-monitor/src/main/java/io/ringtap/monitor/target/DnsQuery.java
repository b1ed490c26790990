package io.ringtap.monitor.target;

import io.ringtap.packet.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession.LookupSessionBuilder;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/// One question to DNS, for the addresses of one family. It is the resolver of a session, in order
/// to see the TTLs of all records on the way: an alias may be good for less time than the addresses
/// that it leads to, and a session tells of the last only.
final class DnsQuery implements Resolver {
  /// What DNS says.
  ///
  /// @param addresses empty if it says that there are none
  /// @param ttlSeconds how long that may be relied on; of no addresses it does not matter
  record Found(List<IpAddress> addresses, long ttlSeconds) {}

  private final Resolver server;
  private final AtomicLong shortestTtl = new AtomicLong(Long.MAX_VALUE);

  private DnsQuery(Resolver server) {
    this.server = server;
  }

  /// Asks.
  ///
  /// @param session with all but the resolver
  /// @return fails if nobody answers, or with an error
  static CompletableFuture<Found> ask(
      LookupSessionBuilder session, Resolver server, Name name, boolean isIpv6) {
    DnsQuery query = new DnsQuery(server);
    return session
        .resolver(query)
        .build()
        .lookupAsync(name, isIpv6 ? Type.AAAA : Type.A)
        .thenApply(query::found)
        .exceptionally(DnsQuery::noneOrThrow)
        .toCompletableFuture();
  }

  /// That there are no addresses is an answer too.
  private static Found noneOrThrow(Throwable problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    if (cause instanceof NoSuchDomainException || cause instanceof NoSuchRRSetException) {
      return new Found(List.of(), 0);
    }
    throw new CompletionException(cause);
  }

  private Found found(LookupResult result) {
    List<IpAddress> addresses = new ArrayList<>();
    for (Record each : result.getRecords()) {
      if (each instanceof ARecord record) {
        addresses.add(IpAddress.of(record.getAddress()));
      } else if (each instanceof AAAARecord record) {
        addresses.add(IpAddress.of(record.getAddress()));
      }
    }
    return new Found(addresses, shortestTtl.get());
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query) {
    return server.sendAsync(query).thenApply(this::noted);
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    return server.sendAsync(query, executor).thenApply(this::noted);
  }

  private Message noted(Message answer) {
    for (Record each : answer.getSection(Section.ANSWER)) {
      shortestTtl.accumulateAndGet(each.getTTL(), Math::min);
    }
    return answer;
  }

  @Override
  public Duration getTimeout() {
    return server.getTimeout();
  }

  @Override
  public void setPort(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTCP(boolean isTcp) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setIgnoreTruncation(boolean isIgnored) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTSIGKey(TSIG key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTimeout(Duration timeout) {
    throw new UnsupportedOperationException();
  }
}
