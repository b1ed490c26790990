package io.ringtap.monitor.target;

import java.util.List;

/// How a source that is read again and again fares.
///
/// @param source its file, pattern or address, as it was configured
/// @param entries how many it lists now, a prefix or range counting as one
/// @param failures how often something of it could not be read
/// @param problems what cannot be read now, each in one line with its place
public record SourceStatus(String source, int entries, long failures, List<String> problems) {}
