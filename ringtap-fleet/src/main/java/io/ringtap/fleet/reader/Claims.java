package io.ringtap.fleet.reader;

import io.ringtap.fleet.record.Origin;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which agent has said of each open state that it is open. When another agent takes the target
/// over it knows nothing of the state: if that is still so it says so anew, and if it is not,
/// nobody says that it has ended. Then it ends here, by what the other agent's windows show. One
/// thread uses it.
final class Claims {
  private static final int FORMAT = 1;

  /// How much longer than its rule needs the other agent has to say that a state is still open.
  private static final long GRACE_SECONDS = 60;

  /// An open state.
  static final class Claim {
    private final EventKind kind;
    private final int partition;
    private String agent;
    private long run;
    private int generation;
    private long otherSeconds; // when the first window of another agent began; 0 without one

    private Claim(EventKind kind, int partition, Origin origin) {
      this.kind = kind;
      this.partition = partition;
      agent = origin.agent();
      run = origin.run();
      generation = origin.generation();
    }

    EventKind kind() {
      return kind;
    }

    /// Of the topic of events, in which it stands.
    int partition() {
      return partition;
    }

    private boolean isOf(Origin origin) {
      return agent.equals(origin.agent()) && run == origin.run();
    }
  }

  private final Map<Integer, List<Claim>> byTarget = new HashMap<>();

  Claims() {}

  /// An agent says that a state is open, whether or not that was known.
  void begin(int target, EventKind kind, int partition, Origin origin) {
    List<Claim> claims = byTarget.computeIfAbsent(target, _ -> new ArrayList<>());
    claims.removeIf(claim -> claim.kind == kind);
    claims.add(new Claim(kind, partition, origin));
  }

  /// A state has ended.
  void end(int target, EventKind kind) {
    List<Claim> claims = byTarget.get(target);
    if (claims != null && claims.removeIf(claim -> claim.kind == kind) && claims.isEmpty()) {
      byTarget.remove(target);
    }
  }

  /// The one of a state; null if it is not open.
  @Nullable Claim find(int target, EventKind kind) {
    return byTarget.getOrDefault(target, List.of()).stream()
        .filter(claim -> claim.kind == kind)
        .findFirst()
        .orElse(null);
  }

  /// Looks what a window says of the open states of its target.
  ///
  /// @param rules of the target
  /// @return the states that have ended without anybody's saying so
  List<Claim> endedBy(int target, Origin origin, Window window, List<RuleConfig> rules) {
    List<Claim> claims = byTarget.get(target);
    if (claims == null) {
      return List.of();
    }
    List<Claim> ended = new ArrayList<>();
    for (Claim claim : claims) {
      // An agent that lost its targets may go on for a while; the higher generation is who has
      // them.
      if (!claim.isOf(origin) && origin.generation() >= claim.generation) {
        claim.otherSeconds = claim.otherSeconds == 0 ? window.startSeconds() : claim.otherSeconds;
        boolean isReply = claim.kind == EventKind.DOWN && window.counts().get(Outcome.REPLY) > 0;
        if (isReply || window.startSeconds() - claim.otherSeconds > patience(claim.kind, rules)) {
          ended.add(claim);
        }
      }
    }
    return ended;
  }

  private static long patience(EventKind kind, List<RuleConfig> rules) {
    return GRACE_SECONDS
        + rules.stream()
            .filter(rule -> rule.kind() == kind)
            .mapToLong(rule -> rule.window().plus(rule.hold()).toSeconds())
            .findFirst()
            .orElse(0);
  }

  /// All of it, for [#read].
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeInt(byTarget.size());
      for (Map.Entry<Integer, List<Claim>> each : byTarget.entrySet()) {
        out.writeInt(each.getKey());
        out.writeInt(each.getValue().size());
        for (Claim claim : each.getValue()) {
          out.writeUTF(claim.kind.word());
          out.writeInt(claim.partition);
          out.writeUTF(claim.agent);
          out.writeLong(claim.run);
          out.writeInt(claim.generation);
          out.writeLong(claim.otherSeconds);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // memory does not refuse
    }
    return bytes.toByteArray();
  }

  /// What [#bytes] gave.
  ///
  /// @throws IOException if it is something else
  static Claims read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != FORMAT) {
      throw new IOException("the open states of the fleet stand in the store in another form");
    }
    Claims claims = new Claims();
    for (int left = in.readInt(); left > 0; left--) {
      int target = in.readInt();
      for (int more = in.readInt(); more > 0; more--) {
        String word = in.readUTF();
        int partition = in.readInt();
        Origin origin = new Origin("", in.readUTF(), in.readLong(), 1, in.readInt());
        long otherSeconds = in.readLong();
        for (EventKind kind : EventKind.values()) {
          if (kind.word().equals(word)) {
            claims.begin(target, kind, partition, origin);
            List<Claim> all = claims.byTarget.getOrDefault(target, List.of());
            all.getLast().otherSeconds = otherSeconds;
          }
        }
      }
    }
    return claims;
  }
}
