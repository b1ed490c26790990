package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The tables of a [SqliteLedger]. Version 1 is a monitor's; version 2, a fleet's, says of targets
/// at which site they are probed, of events what all sites said, and has marks.
///
/// @param version of the format
record LedgerSchema(int version) {
  /// Those of a database.
  ///
  /// @throws IOException if it is newer than this program
  static LedgerSchema of(Connection connection, Path file) throws SQLException, IOException {
    int version = (int) number(connection, "PRAGMA user_version");
    int newest = StoreKind.FLEET.version();
    if (version > newest) {
      throw new IOException(
          "%s has format %d, which is newer than %d, the newest that this version reads"
              .formatted(file, version, newest));
    }
    return new LedgerSchema(version);
  }

  /// Those of a database that is to be written, which are made if they are not there.
  ///
  /// @param newId the store's number if it is made
  /// @throws IOException if it is newer than this program, or of another kind
  static LedgerSchema open(Connection connection, Path file, StoreKind kind, long newId)
      throws SQLException, IOException {
    LedgerSchema found = of(connection, file);
    for (StoreKind other : StoreKind.values()) {
      if (other != kind && found.version == other.version()) {
        throw new IOException(
            "%s is %s; give this one a folder of its own"
                .formatted(file.getParent(), other.words()));
      }
    }
    LedgerSchema wanted = new LedgerSchema(kind.version());
    wanted.create(connection, newId);
    return wanted;
  }

  private void create(Connection connection, long newId) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS store (id INTEGER NOT NULL)");
      statement.executeUpdate(
          "INSERT INTO store SELECT " + newId + " WHERE NOT EXISTS (SELECT * FROM store)");
      statement.executeUpdate(
          """
          CREATE TABLE IF NOT EXISTS target (
            id INTEGER PRIMARY KEY,
            "group" TEXT NOT NULL, host TEXT NOT NULL, family TEXT NOT NULL,
            name TEXT NOT NULL, labels TEXT NOT NULL, address TEXT,
            first_s INTEGER NOT NULL, last_s INTEGER NOT NULL, watched INTEGER NOT NULL\
          """
              + (isFleet() ? ", site TEXT)" : ")"));
      statement.executeUpdate(
          """
          CREATE TABLE IF NOT EXISTS event (
            number INTEGER PRIMARY KEY, target INTEGER NOT NULL, kind TEXT NOT NULL,
            is_begin INTEGER NOT NULL, since_ns INTEGER NOT NULL, known_ns INTEGER NOT NULL,
            detail TEXT NOT NULL\
          """
              + (isFleet() ? ", sites TEXT)" : ")"));
      statement.executeUpdate(
          """
          CREATE TABLE IF NOT EXISTS undelivered (
            place INTEGER PRIMARY KEY, target INTEGER NOT NULL, kind TEXT NOT NULL,
            is_begin INTEGER NOT NULL, since_ns INTEGER NOT NULL, known_ns INTEGER NOT NULL,
            detail TEXT NOT NULL, destination TEXT NOT NULL)\
          """);
      statement.executeUpdate(
          "CREATE INDEX IF NOT EXISTS event_target ON event (target, kind, number)");
      statement.executeUpdate("CREATE INDEX IF NOT EXISTS event_time ON event (known_ns)");
      if (isFleet()) {
        statement.executeUpdate(
            "CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value BLOB NOT NULL)");
      }
      statement.executeUpdate("PRAGMA user_version = " + version);
      statement.executeUpdate("COMMIT");
    }
  }

  boolean isFleet() {
    return version >= StoreKind.FLEET.version();
  }

  /// A query for targets, with a column for the site.
  String selectTargets() {
    return """
    SELECT id, "group", host, family, name, labels, address, first_s, last_s, watched, %s
    FROM target ORDER BY id\
    """
        .formatted(isFleet() ? "site" : "NULL");
  }

  /// What puts in a target, the site last where there is one.
  String insertTarget() {
    return "INSERT OR REPLACE INTO target VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        + (isFleet() ? ", ?)" : ")");
  }

  /// The begin of a query for events, with a column for what the sites said.
  String selectEvents() {
    return "SELECT number, target, kind, is_begin, since_ns, known_ns, detail, "
        + (isFleet() ? "sites" : "NULL")
        + " FROM event ";
  }

  /// What puts in an event, what the sites said last where there is such.
  String insertEvent() {
    return "INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?" + (isFleet() ? ", ?)" : ")");
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }
}
