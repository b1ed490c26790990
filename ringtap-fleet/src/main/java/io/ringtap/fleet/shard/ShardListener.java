package io.ringtap.fleet.shard;

import java.util.Set;

/// Hears which shards an agent has, and what stands in them. All methods run on the reader's
/// thread.
public interface ShardListener {
  /// The site's agents have been told who has what. What is new is not read yet.
  ///
  /// @param shards all that this agent has now
  /// @param generation of the consumer group
  void onShards(Set<Integer> shards, int generation);

  /// These are not this agent's any more. As soon as this returns, another one may probe them, so
  /// nothing of them is to be probed then.
  ///
  /// @param left what it has beside them, as far as that has been read
  void onGivenUp(Set<Integer> shards, ShardTargets left);

  /// What is to be watched is other than before.
  ///
  /// @param targets of all shards that have been read; lent for this call
  void onTargets(ShardTargets targets);

  /// The reader has ended, for it will never get shards again; those that it had have been given
  /// up.
  ///
  /// @param why in words, on one line
  void onRefused(String why);
}
