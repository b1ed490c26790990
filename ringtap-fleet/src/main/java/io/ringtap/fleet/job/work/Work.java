package io.ringtap.fleet.job.work;

import io.ringtap.fleet.job.message.AgentMessage;
import io.ringtap.fleet.job.message.Assignment;
import java.util.List;

/// A part of a job that is being done. The job thread calls it.
interface Work extends AutoCloseable {
  Assignment assignment();

  /// Whether it has not sent all of its probes yet.
  boolean isSending();

  /// Probes sent so far.
  long sent();

  /// Targets that have answered so far.
  long found();

  /// What is to be written since the last call. The last one of it is an end or a failure.
  List<AgentMessage> results();

  /// Whether the end or the failure was among the results.
  boolean isOver();

  /// Stops at once; what is in flight is forgotten.
  @Override
  void close();
}
