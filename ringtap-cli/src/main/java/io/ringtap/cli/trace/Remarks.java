package io.ringtap.cli.trace;

import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.trace.MplsLabel;
import io.ringtap.trace.TraceOutcome;
import io.ringtap.trace.TraceReport;
import java.util.ArrayList;
import java.util.List;

/// What there is to say of a hop beside its times.
final class Remarks {
  private Remarks() {}

  /// What an answer shows of the probe on its way.
  ///
  /// @param trafficClass that probes were sent with
  static List<String> of(TraceOutcome.Answer answer, int trafficClass) {
    List<String> remarks = new ArrayList<>();
    TraceOutcome.IcmpError error = answer.error();
    if (error == null) {
      return remarks;
    }
    boolean isIpv6 = answer.from().isIpv6();
    boolean isExpiry = error.type() == (isIpv6 ? Icmpv6Type.TIME_EXCEEDED : IcmpType.TIME_EXCEEDED);
    if (!isExpiry && !answer.isDestination()) {
      remarks.add(
          isIpv6
              ? Icmpv6Type.description(error.type(), error.code())
              : IcmpType.description(error.type(), error.code()));
    }
    if (error.mtu() > 0) {
      remarks.add("MTU " + error.mtu());
    }
    if (isExpiry && error.hopLimit() != 1 && error.hopLimit() != 0) {
      remarks.add("TTL " + error.hopLimit());
    }
    if (error.trafficClass() != trafficClass) {
      remarks.add("TOS 0x%02x".formatted(error.trafficClass()));
    }
    if (error.rewrittenSource() != null) {
      remarks.add("source " + error.rewrittenSource());
    }
    if (error.rewrittenFlow() >= 0) {
      remarks.add("source port or identifier " + error.rewrittenFlow());
    }
    if (error.isChecksumRewritten()) {
      remarks.add("checksum changed");
    }
    for (MplsLabel label : error.labels()) {
      remarks.add(
          "MPLS L=%d E=%d S=%d T=%d"
              .formatted(
                  label.label(),
                  label.trafficClass(),
                  label.isBottom() ? 1 : 0,
                  label.timeToLive()));
    }
    return remarks;
  }

  /// What a hop's loss means; empty if there is nothing to say.
  static String ofLoss(TraceReport.Hop hop) {
    return hop.isRateLimited() ? "rate-limited" : hop.isSilent() ? "silent" : "";
  }
}
