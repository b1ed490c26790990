package io.ringtap.testnet.host;

/// The counters of [VirtualHosts]. Once nothing is pending, `REQUESTS = ANSWERS + LOST + SILENT +
/// REFUSED` and `SENT + NOT_TAKEN = ANSWERS + DUPLICATES + REFUSED`.
public enum HostCounter {
  /// Complete echo requests that arrived.
  REQUESTS,
  /// Requests that are answered, with or without faults in the answer.
  ANSWERS,
  /// Requests that were lost.
  LOST,
  /// Requests to silent hosts.
  SILENT,
  /// Requests answered with an ICMP error.
  REFUSED,
  /// Additional copies of answers.
  DUPLICATES,
  /// Answers delayed so that others may overtake them.
  HELD_BACK,
  /// Answers with a flipped payload bit.
  CORRUPTED,
  /// Answers with a truncated payload.
  TRUNCATED,
  /// Answers from another address.
  WRONG_SOURCE,
  /// Answers whose checksum was made wrong, without those that have a wrong checksum because of
  /// corruption.
  WRONG_CHECKSUM,
  /// Packets that the namespace accepted: answers, duplicates, errors.
  SENT,
  /// Packets that the namespace did not accept, because the interface was down or memory was short.
  NOT_TAKEN,
  /// Echo requests that arrived truncated or with a wrong checksum; a host drops these.
  DAMAGED,
  /// Packets that are not echo requests, including fragments.
  OTHER
}
