package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.fleet.record.Json;
import java.util.ArrayList;
import java.util.List;

/// A job. It is written again every two seconds while its caller lives: agents stop when it stays
/// away, and those that come later hear of it.
///
/// @param sites whose agents are asked; empty for all
/// @param cells the addresses by who may send to them, once that is known; assignments name them by
///   their place here
public record JobNotice(String job, List<String> sites, Task task, List<RangeSet> cells)
    implements CallerMessage {
  static final String KIND = "job";

  /// The most cells, which differ by who may send there.
  public static final int MOST_CELLS = 64;

  /// The most ranges of a cell, and of what an agent says that it may send to.
  public static final int MOST_RANGES = 256;

  private static final int MOST_SITES = 1_000;

  /// Copies the lists.
  public JobNotice {
    sites = List.copyOf(sites);
    cells = List.copyOf(cells);
  }

  /// It with its cells.
  public JobNotice withCells(List<RangeSet> newCells) {
    return new JobNotice(job, sites, task, newCells);
  }

  /// Whether a site's agents are asked.
  public boolean isFor(String site) {
    return sites.isEmpty() || sites.contains(site);
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          json.writeStringProperty("job", job);
          json.writeArrayPropertyStart("sites");
          sites.forEach(json::writeString);
          json.writeEndArray();
          task.write(json);
          json.writeArrayPropertyStart("cells");
          for (RangeSet cell : cells) {
            json.writeStartObject();
            Space.writeRanges(json, "ranges", cell.ranges());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static JobNotice read(Fields fields) throws Malformed {
    List<RangeSet> cells =
        fields.objects(
            "cells",
            MOST_CELLS,
            cell -> RangeSet.of(Space.readRanges(cell, "ranges", MOST_RANGES)));
    return new JobNotice(
        fields.name("job"),
        new ArrayList<>(fields.nameList("sites", MOST_SITES)),
        Task.read(fields),
        cells);
  }
}
