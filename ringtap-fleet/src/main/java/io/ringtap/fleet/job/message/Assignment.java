package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;
import io.ringtap.sweep.space.Shard;

/// Gives a part of a job to one agent. All agents read it: whoever had the part before stops.
///
/// @param cell the place of its addresses among the job's cells
/// @param shard which share of the cell; of a trace it is the whole
/// @param rate probes a second that the agent may send
public record Assignment(String job, Part part, Worker to, int cell, Shard shard, double rate)
    implements CallerMessage {
  static final String KIND = "part";

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("job", job);
          part.write(json);
          to.write(json);
          json.writeNumberProperty("cell", cell);
          json.writeNumberProperty("shard", shard.number());
          json.writeNumberProperty("shards", shard.count());
          json.writeNumberProperty("rate", rate);
        });
  }

  static Assignment read(Fields fields) throws Malformed {
    int shards = (int) fields.number("shards", 1, Part.MOST);
    return new Assignment(
        fields.name("job"),
        Part.read(fields),
        Worker.read(fields),
        (int) fields.number("cell", 0, JobNotice.MOST_CELLS - 1L),
        new Shard((int) fields.number("shard", 1, shards), shards),
        fields.figure("rate"));
  }
}
