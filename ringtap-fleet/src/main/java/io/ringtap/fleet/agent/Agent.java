package io.ringtap.fleet.agent;

import io.ringtap.fleet.broker.BrokerException;
import io.ringtap.fleet.broker.Right;
import io.ringtap.fleet.delivery.Delivery;
import io.ringtap.fleet.delivery.DeliverySetup;
import io.ringtap.fleet.delivery.DeliveryStatus;
import io.ringtap.fleet.record.AgentRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.Topics;
import io.ringtap.fleet.shard.ShardListener;
import io.ringtap.fleet.shard.ShardReader;
import io.ringtap.fleet.shard.ShardReaderSetup;
import io.ringtap.fleet.shard.ShardTargets;
import io.ringtap.fleet.shard.TargetGroups;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventMemory;
import io.ringtap.monitor.watch.Watch;
import io.ringtap.ping.PingerCounters;
import io.ringtap.ping.Transport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/// An agent of a fleet: probes the targets of its site that the group of the site's agents gives
/// it, and delivers what becomes of that.
public final class Agent implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.agent");

  /// For how long shards are kept at most until nothing of them is probed.
  private static final Duration ENDING = Duration.ofSeconds(10);

  private final AgentSetup setup;
  private final AgentListener listener;
  private final InstantSource clock = InstantSource.system();
  private final long run = clock.millis();
  private final String host = hostName();
  private final Holdings holdings = new Holdings();

  /// What is to be closed, the last that was opened first.
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private final Heartbeat heartbeat;
  private final Delivery delivery;
  private final Watch watch;
  private volatile @Nullable ShardReader reader;
  private volatile boolean isLeaving;

  /// Starts an agent.
  ///
  /// @throws IllegalArgumentException if the spool may not be so small; the message is one line
  /// @throws IOException if the system refuses what is needed, such as sockets, or Kafka's client
  ///   its properties; the message is one line
  public static Agent start(AgentSetup setup, AgentListener listener) throws IOException {
    Agent agent = new Agent(setup, listener);
    try {
      agent.join();
      return agent;
    } catch (IOException e) {
      agent.close();
      throw e;
    }
  }

  private Agent(AgentSetup setup, AgentListener listener) throws IOException {
    this.setup = setup;
    this.listener = listener;
    try {
      heartbeat = closed(new Heartbeat(setup.connection(), setup.topics(), this::record));
      delivery =
          closed(
              Delivery.open(
                  new DeliverySetup(
                      setup.site(),
                      setup.name(),
                      run,
                      setup.topics(),
                      holdings::generation,
                      setup.deliversProbes(),
                      setup.spool(),
                      setup.spoolBytes(),
                      setup.connection())));
      watch =
          closed(
              Watch.open(
                  clock,
                  List.of(),
                  new Watch.Connections(
                      holdings,
                      setup.allowed(),
                      EventMemory.NONE,
                      this::onEvent,
                      List.of(delivery),
                      this::onFailure)));
      watch.prober().open(Transport.AUTO);
      watch.start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void join() throws IOException {
    heartbeat.start();
    reader =
        closed(
            ShardReader.start(
                new ShardReaderSetup(
                    setup.connection(),
                    setup.topics(),
                    setup.site(),
                    setup.name(),
                    setup.capacity(),
                    setup.staysOnStop()),
                new Shards()));
    AgentJobs _ = closed(AgentJobs.start(setup, run));
  }

  /// Has something closed with the agent, before all that was opened before.
  private <T extends AutoCloseable> T closed(T part) {
    opened.push(part);
    return part;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private void onEvent(Event event) {
    // Of targets that another agent has now, that one tells.
    if (holdings.isHeld(event.target())) {
      delivery.onEvent(event);
    }
  }

  private void onFailure(Throwable failure) {
    LOG.log(Level.ERROR, "probing has failed: a fault of ours, please report it", failure);
    listener.onFailure("probing has failed: " + failure);
  }

  /// Results wait where a right is missing, and jobs are not done: it is said now that a broker is
  /// there, and not when the first event has begun.
  private void checkRights() {
    Topics topics = setup.topics();
    List<Right> wanted =
        List.of(
            new Right(AclOperation.WRITE, topics.results()),
            new Right(AclOperation.WRITE, topics.events()),
            new Right(AclOperation.WRITE, topics.agents()),
            new Right(AclOperation.READ, topics.jobs()),
            new Right(AclOperation.WRITE, topics.jobResults()));
    try (Admin admin = setup.connection().admin()) {
      for (BrokerException each : Right.missing(setup.connection(), admin, wanted)) {
        LOG.log(Level.WARNING, each.getMessage());
      }
    } catch (BrokerException e) {
      LOG.log(Level.DEBUG, "rights are not known: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AgentRecord record() {
    ShardReader reading = reader;
    DeliveryStatus results = delivery.status();
    long last = Math.max(1, results.lastSequence());
    return new AgentRecord(
        new Origin(setup.site(), setup.name(), run, last, holdings.generation()),
        setup.version(),
        host,
        clock.millis(),
        setup.capacity(),
        holdings.numbers(),
        watch.inventory().size(),
        watch.prober().counters().stream().mapToLong(PingerCounters::sent).sum(),
        watch.prober().refused(),
        reading == null ? 0 : reading.unreadable().invalid(),
        reading == null ? 0 : reading.unreadable().newer(),
        results.inMemory() + results.inSpool(),
        results.spoolBytes(),
        results.dropped(),
        isLeaving);
  }

  /// What the group of the site's agents gives and takes. On the reader's thread.
  private final class Shards implements ShardListener {
    private List<Integer> leftOut = List.of();
    private boolean hasJoined;

    @Override
    public void onShards(Set<Integer> shards, int generation) {
      holdings.hold(shards, generation);
      if (shards.isEmpty()) {
        listener.onShare(0, 0);
      }
      heartbeat.tellNow();
      if (!hasJoined) {
        hasJoined = true;
        Thread _ = Thread.ofVirtual().name("ringtap-rights").start(Agent.this::checkRights);
      }
    }

    @Override
    public void onGivenUp(Set<Integer> shards, ShardTargets left) {
      holdings.giveUp(shards);
      int targets = watch(left);
      try {
        if (!watch.awaitEnds(ENDING)) {
          LOG.log(Level.ERROR, "shards are given up while some of their targets are still probed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      listener.onShare(holdings.numbers().size(), targets);
    }

    @Override
    public void onTargets(ShardTargets targets) {
      holdings.place(targets);
      listener.onShare(holdings.numbers().size(), watch(targets));
    }

    private int watch(ShardTargets targets) {
      TargetGroups groups = TargetGroups.of(targets, setup.site());
      if (!groups.leftOut().equals(leftOut) && !groups.leftOut().isEmpty()) {
        LOG.log(
            Level.ERROR,
            "the targets of shards %s are not probed: with them there would be more than one agent"
                    .formatted(groups.leftOut())
                + " is made for; start more agents at this site");
      }
      leftOut = groups.leftOut();
      watch.update(groups.groups());
      return groups.targets();
    }

    @Override
    public void onRefused(String why) {
      listener.onFailure(why);
    }
  }

  /// Ends in order: nothing is probed any more, the others of the site take over, what is known is
  /// delivered as far as the broker takes it in a few seconds, and this is told as the last.
  @Override
  public void close() {
    isLeaving = true;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.log(Level.ERROR, "not closed in order: " + e);
      }
    }
  }
}
