package io.ringtap.monitor.config;

import java.util.List;
import java.util.Map;

/// Targets that are probed in one way.
///
/// @param name unique among groups; stands in pages, labels and lines
/// @param settings how its targets are probed
/// @param labels what is said of all its targets, beside their own labels, sorted by name
/// @param sources where its targets come from
/// @param rules when something is an event; at most one of a kind
/// @param sites from which sites of a fleet its targets are watched, sorted; empty for all. Without
///   a fleet they do not matter
public record GroupConfig(
    String name,
    ProbeSettings settings,
    Map<String, String> labels,
    List<TargetSource> sources,
    List<RuleConfig> rules,
    List<String> sites) {}
