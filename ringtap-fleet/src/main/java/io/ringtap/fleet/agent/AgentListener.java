package io.ringtap.fleet.agent;

/// Hears how an agent fares. Methods run on threads of the agent, which must not wait.
public interface AgentListener {
  /// It has other shards, or other targets in them.
  ///
  /// @param shards how many it has
  /// @param targets how many are in them for its site, as far as they have been read
  void onShare(int shards, int targets);

  /// It cannot go on.
  ///
  /// @param why in words, on one line
  void onFailure(String why);
}
