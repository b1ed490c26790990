package io.ringtap.monitor.page;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.Target;
import io.ringtap.packet.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the overview shows of a target.
///
/// @param address null while it has none
/// @param openEvents of these kinds events go on
/// @param lost how many of `decided` brought no intact reply in time
/// @param decided probes of the last minute whose outcome says something of the network
/// @param medianNanos of the replies of the last minute; -1 without any
/// @param p95Nanos the 95th percentile of them; -1 without any
/// @param lastNanos the latest reply's; -1 before the first
public record TargetRow(
    Target target,
    @Nullable IpAddress address,
    TargetState state,
    List<EventKind> openEvents,
    int lost,
    int decided,
    long medianNanos,
    long p95Nanos,
    long lastNanos) {}
