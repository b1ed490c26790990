package io.ringtap.fleet.delivery;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.target.Target;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What a delivery is opened with.
///
/// @param site where the agent is
/// @param agent its name
/// @param run when it was started, in milliseconds since the epoch
/// @param topics of its fleet
/// @param generation in which the agent has a target, as in
///   [Origin][io.ringtap.fleet.record.Origin]; asked on the collector's thread, for each probe too
/// @param probes whether single probes are delivered too
/// @param spool the folder for what no broker takes; null to keep it in memory
/// @param spoolBytes how large that folder may become; see [Delivery#LEAST_SPOOL_BYTES]
/// @param connection to the cluster
public record DeliverySetup(
    String site,
    String agent,
    long run,
    Topics topics,
    ToIntFunction<Target> generation,
    boolean probes,
    @Nullable Path spool,
    long spoolBytes,
    Connection connection) {}
