package io.ringtap.fleet.record;

import io.ringtap.fleet.record.Fields.Malformed;

/// Stands where an agent had no room for what it could not deliver: these records are lost, and
/// this one says so in their place.
///
/// @param origin the sequence number is that of the first one
/// @param last the sequence number of the last one
public record GapRecord(Origin origin, long last) implements ResultRecord {
  static final String KIND = "gap";

  @Override
  public byte[] key() {
    return Keys.bytes(origin.site() + "/" + origin.agent());
  }

  @Override
  public byte[] encode() {
    return Json.object(
        KIND,
        json -> {
          origin.write(json);
          json.writeNumberProperty("last_seq", last);
        });
  }

  static GapRecord read(Fields fields) throws Malformed {
    Origin origin = Origin.read(fields);
    return new GapRecord(origin, fields.number("last_seq", origin.sequence(), Long.MAX_VALUE));
  }
}
