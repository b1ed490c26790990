package io.ringtap.monitor.config;

import java.util.List;

/// What a whole configuration says, with all defaults filled in. Immutable.
///
/// @param groups who is watched, and how
/// @param store where the history is kept, and how much of it
/// @param delivery who hears of events
/// @param web what is served
public record MonitorConfig(
    List<GroupConfig> groups, StoreConfig store, DeliveryConfig delivery, WebConfig web) {}
