package io.ringtap.fleet.agent;

import io.ringtap.fleet.record.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent is started with.
///
/// @param client how to reach the broker, by the names of Kafka's settings for clients
/// @param topics of the fleet
/// @param site where it is
/// @param name unique at its site
/// @param capacity its share in relation to those of the others
/// @param allowed which addresses it may probe
/// @param staysOnStop whether the others are to wait for it when it ends
/// @param spool the folder for results that no broker takes; null to keep some in memory
/// @param spoolBytes how large that may become
/// @param deliversProbes whether single probes are delivered beside windows
/// @param version of the program
public record AgentSetup(
    Map<String, Object> client,
    Topics topics,
    String site,
    String name,
    long capacity,
    AllowList allowed,
    boolean staysOnStop,
    @Nullable Path spool,
    long spoolBytes,
    boolean deliversProbes,
    String version) {}
