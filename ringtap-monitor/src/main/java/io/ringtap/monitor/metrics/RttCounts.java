package io.ringtap.monitor.metrics;

/// What is counted of one target's round-trip times, beside how often each outcome was. One thread
/// at a time uses it.
sealed interface RttCounts permits RttBuckets, FixedBuckets, RecentRtts {
  /// A reply in time came.
  ///
  /// @param nanos its round-trip time, 0 or more
  void add(long nanos);

  /// A probe ended with no intact reply, for whatever reason that says something of the network.
  void addLoss();

  /// A copy that later counts do not change.
  RttCounts copy();
}
