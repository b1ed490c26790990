package io.ringtap.fleet.agent;

import io.ringtap.fleet.broker.Connection;
import io.ringtap.fleet.record.Topics;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What an agent is started with.
///
/// @param connection to the cluster
/// @param topics of the fleet
/// @param site where it is
/// @param name unique at its site
/// @param capacity its share in relation to those of the others
/// @param allowed which addresses it may probe
/// @param staysOnStop whether the others are to wait for it when it ends
/// @param spool the folder for results that no broker takes; null to keep some in memory
/// @param spoolBytes how large that may become
/// @param deliversProbes whether single probes are delivered beside windows
/// @param jobRate probes a second of sweeps that others ask for, at the most; 0 for none
/// @param version of the program
public record AgentSetup(
    Connection connection,
    Topics topics,
    String site,
    String name,
    long capacity,
    AllowList allowed,
    boolean staysOnStop,
    @Nullable Path spool,
    long spoolBytes,
    boolean deliversProbes,
    double jobRate,
    String version) {}
