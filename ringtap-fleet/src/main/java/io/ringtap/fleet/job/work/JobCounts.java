package io.ringtap.fleet.job.work;

/// What an agent has done for jobs since its start.
///
/// @param jobs that it took part in
/// @param refusedJobs that it did not take part in
/// @param parts that it has done
/// @param failedParts that it could not do, or would not
/// @param invalid records on the topic of jobs that were none
/// @param newer records there of a schema that it does not know
public record JobCounts(
    long jobs, long refusedJobs, long parts, long failedParts, long invalid, long newer) {}
