package io.ringtap.testnet.host;

/// What [VirtualHosts] count. Once nothing is pending, `REQUESTS = ANSWERS + LOST + SILENT +
/// REFUSED` and `SENT + NOT_TAKEN = ANSWERS + DUPLICATES + REFUSED`.
public enum HostCounter {
  /// Whole echo requests that arrived.
  REQUESTS,
  /// Requests that are answered, whatever befalls the answer.
  ANSWERS,
  /// Requests that loss leaves without an answer.
  LOST,
  /// Requests to silent hosts.
  SILENT,
  /// Requests that an ICMP error answers.
  REFUSED,
  /// Further copies of answers.
  DUPLICATES,
  /// Answers that others may overtake.
  HELD_BACK,
  /// Answers with a flipped payload bit.
  CORRUPTED,
  /// Answers with a payload cut short.
  TRUNCATED,
  /// Answers from another address.
  WRONG_SOURCE,
  /// Answers whose checksum was spoilt by itself, not those that corruption left with a wrong one.
  WRONG_CHECKSUM,
  /// Packets that the namespace took: answers, duplicates, errors.
  SENT,
  /// Packets that the namespace did not take, because the interface was down or memory short.
  NOT_TAKEN,
  /// Echo requests that arrived cut short or with a wrong checksum; a host drops these.
  DAMAGED,
  /// Packets that are no echo requests, fragments among them.
  OTHER
}
