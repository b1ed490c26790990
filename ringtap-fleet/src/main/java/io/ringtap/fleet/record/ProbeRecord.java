package io.ringtap.fleet.record;

import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;

/// A single outcome, where an agent is asked to deliver these too. The fields are those of
/// [ProbeView][io.ringtap.monitor.collect.ProbeView].
///
/// @param number the number of the probe since its target was begun, from 1
public record ProbeRecord(
    Origin origin,
    TargetKey target,
    Outcome outcome,
    long number,
    long epochNanos,
    long rttNanos,
    int hopLimit,
    int icmpType,
    int icmpCode,
    int errno)
    implements ResultRecord {
  static final String KIND = "probe";

  @Override
  public byte[] key() {
    return Keys.bytes(target.toString());
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          origin.write(json);
          Keys.write(json, target);
          json.writeStringProperty("outcome", WindowRecord.word(outcome));
          json.writeNumberProperty("probe", number);
          json.writeNumberProperty("ts_ns", epochNanos);
          if (rttNanos != 0) {
            json.writeNumberProperty("rtt_ns", rttNanos);
          }
          if (hopLimit != 0) {
            json.writeNumberProperty("hop_limit", hopLimit);
          }
          if (icmpType >= 0) {
            json.writeNumberProperty("icmp_type", icmpType);
            json.writeNumberProperty("icmp_code", icmpCode);
          }
          if (errno != 0) {
            json.writeNumberProperty("errno", errno);
          }
        });
  }

  static ProbeRecord read(Fields fields) throws Malformed {
    return new ProbeRecord(
        Origin.read(fields),
        Keys.read(fields),
        fields.word("outcome", Outcome.values(), WindowRecord::word),
        fields.number("probe", 1, Long.MAX_VALUE),
        fields.number("ts_ns", 0, Long.MAX_VALUE),
        fields.number("rtt_ns", 0, Long.MAX_VALUE, 0),
        (int) fields.number("hop_limit", 0, 255, 0),
        (int) fields.number("icmp_type", 0, 255, -1),
        (int) fields.number("icmp_code", 0, 255, 0),
        (int) fields.number("errno", 0, 4095, 0));
  }
}
