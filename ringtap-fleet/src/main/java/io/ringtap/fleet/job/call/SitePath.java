package io.ringtap.fleet.job.call;

import io.ringtap.fleet.job.message.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a site has answered to a trace.
///
/// @param agent that has traced; null if none has
/// @param paths one for each target; empty if there was no answer
/// @param problem why there was none; empty if there was one
public record SitePath(String site, @Nullable String agent, List<Path> paths, String problem) {}
