package io.ringtap.monitor.store;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.TargetKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Targets and events in an SQLite database, which any SQLite can read.
final class SqliteLedger implements Ledger {
  /// The file in the store's folder.
  static final String FILE = "inventory.db";

  private static final int MOST_EVENTS = 200_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OPEN =
      """
      SELECT max(number) FROM event GROUP BY target, kind HAVING is_begin = 1 AND kind != 'address'\
      """;

  private final SqliteFile database;
  private final LedgerSchema schema;
  private final long storeId;

  private SqliteLedger(SqliteFile database) throws IOException {
    this.database = database;
    schema = database.schema();
    try {
      storeId = database.number("SELECT id FROM store");
    } catch (IOException e) {
      database.close();
      throw e;
    }
  }

  /// Opens a database, or makes it.
  ///
  /// @param newId the store's number if it is made
  static SqliteLedger open(Path folder, StoreKind kind, long newId) throws IOException {
    return new SqliteLedger(SqliteFile.open(folder.resolve(FILE), kind, newId));
  }

  /// Opens a database that another process may be writing, only to read it.
  static SqliteLedger read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException(folder + " is no store: there is no " + FILE + " in it");
    }
    return new SqliteLedger(SqliteFile.read(file));
  }

  @Override
  public long storeId() {
    return storeId;
  }

  @Override
  public List<StoredTarget> targets() throws IOException {
    try {
      return database.query(
          schema.selectTargets(),
          row -> {
            List<StoredTarget> targets = new ArrayList<>();
            while (row.next()) {
              targets.add(target(row));
            }
            return targets;
          });
    } catch (JacksonException e) {
      throw new IOException(database.path() + ": labels that are no JSON", e);
    }
  }

  private static StoredTarget target(ResultSet row) throws SQLException {
    AddressFamily family = AddressFamily.ANY;
    for (AddressFamily one : AddressFamily.values()) {
      family = one.word().equals(row.getString(4)) ? one : family;
    }
    TreeMap<String, String> labels = JSON.readValue(row.getString(6), new TypeReference<>() {});
    return new StoredTarget(
        row.getInt(1),
        new TargetKey(row.getString(2), row.getString(3), family, row.getString(11)),
        row.getString(5),
        labels,
        row.getString(7),
        row.getLong(8),
        row.getLong(9),
        row.getBoolean(10));
  }

  @Override
  public void saveTargets(List<StoredTarget> targets) throws IOException {
    database.write(
        schema.insertTarget(),
        insert -> {
          for (StoredTarget target : targets) {
            insert.setInt(1, target.id());
            insert.setString(2, target.key().group());
            insert.setString(3, target.key().host());
            insert.setString(4, target.key().family().word());
            insert.setString(5, target.name());
            insert.setString(6, JSON.writeValueAsString(target.labels()));
            insert.setString(7, target.address());
            insert.setLong(8, target.firstSeconds());
            insert.setLong(9, target.lastSeconds());
            insert.setBoolean(10, target.watched());
            if (schema.isFleet()) {
              insert.setString(11, target.key().site());
            }
            insert.executeUpdate();
          }
        });
  }

  @Override
  public void addEvents(List<StoredEvent> events) throws IOException {
    database.write(
        schema.insertEvent(),
        insert -> {
          for (StoredEvent event : events) {
            set(insert, event);
            if (schema.isFleet()) {
              insert.setString(8, event.sites());
            }
            insert.executeUpdate();
          }
        });
  }

  private static void set(PreparedStatement insert, StoredEvent event) throws SQLException {
    insert.setLong(1, event.number());
    insert.setInt(2, event.targetId());
    insert.setString(3, event.kind().word());
    insert.setBoolean(4, event.isBegin());
    insert.setLong(5, event.sinceNanos());
    insert.setLong(6, event.epochNanos());
    insert.setString(7, event.detail());
  }

  @Override
  public boolean keepUndelivered(List<StoredDelivery> deliveries) throws IOException {
    database.write(
        "INSERT INTO undelivered VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        insert -> {
          try (Statement delete = insert.getConnection().createStatement()) {
            delete.executeUpdate("DELETE FROM undelivered");
          }
          for (StoredDelivery delivery : deliveries) {
            set(insert, delivery.event());
            insert.setString(8, delivery.destination());
            insert.executeUpdate();
          }
        });
    return true;
  }

  @Override
  public List<StoredDelivery> undelivered() throws IOException {
    String query =
        """
        SELECT place, target, kind, is_begin, since_ns, known_ns, detail, destination
        FROM undelivered ORDER BY place\
        """;
    return database.query(
        query,
        row -> {
          List<StoredDelivery> deliveries = new ArrayList<>();
          while (row.next()) {
            StoredEvent event = event(row, null);
            if (event != null) {
              deliveries.add(new StoredDelivery(row.getString(8), event));
            }
          }
          return deliveries;
        });
  }

  @Override
  public void deleteEvents(long beforeNanos) throws IOException {
    database.write(
        "DELETE FROM event WHERE (known_ns < ? OR number <= (SELECT max(number) FROM event) - ?)"
            + " AND number NOT IN ("
            + OPEN
            + ")",
        delete -> {
          delete.setLong(1, beforeNanos);
          delete.setLong(2, MOST_EVENTS);
          delete.executeUpdate();
        });
  }

  @Override
  public Map<String, byte[]> marks() throws IOException {
    return database.query(
        "SELECT name, value FROM mark",
        row -> {
          Map<String, byte[]> marks = new HashMap<>();
          while (row.next()) {
            marks.put(row.getString(1), row.getBytes(2));
          }
          return marks;
        });
  }

  @Override
  public void saveMarks(Map<String, byte[]> changed) throws IOException {
    database.write(
        "INSERT OR REPLACE INTO mark VALUES (?, ?)",
        insert -> {
          for (Map.Entry<String, byte[]> mark : changed.entrySet()) {
            insert.setString(1, mark.getKey());
            insert.setBytes(2, mark.getValue());
            insert.executeUpdate();
          }
        });
  }

  @Override
  public void cutEvents(long lastNumber) throws IOException {
    database.write(
        "DELETE FROM event WHERE number > ?",
        delete -> {
          delete.setLong(1, lastNumber);
          delete.executeUpdate();
        });
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) throws IOException {
    boolean isOfAll = filter.targetId() == EventFilter.ALL_TARGETS;
    return events(
        "WHERE known_ns >= ? AND known_ns < ? "
            + (isOfAll ? "" : "AND target = ? ")
            + "ORDER BY number DESC LIMIT "
            + filter.limit(),
        query -> {
          query.setLong(1, filter.fromNanos());
          query.setLong(2, filter.toNanos());
          if (!isOfAll) {
            query.setInt(3, filter.targetId());
          }
        });
  }

  @Override
  public List<StoredEvent> openEvents() throws IOException {
    return events("WHERE number IN (" + OPEN + ") ORDER BY number", _ -> {});
  }

  private List<StoredEvent> events(String where, SqliteFile.Change parameters) throws IOException {
    return database.query(
        schema.selectEvents() + where,
        parameters,
        row -> {
          List<StoredEvent> events = new ArrayList<>();
          while (row.next()) {
            StoredEvent event = event(row, row.getString(8));
            if (event != null) {
              events.add(event);
            }
          }
          return events;
        });
  }

  /// An event of the first seven columns; null if it is of a kind that this version does not know.
  private static @Nullable StoredEvent event(ResultSet row, @Nullable String sites)
      throws SQLException {
    EventKind kind = kind(row.getString(3));
    return kind == null
        ? null
        : new StoredEvent(
            row.getLong(1),
            row.getInt(2),
            kind,
            row.getBoolean(4),
            row.getLong(5),
            row.getLong(6),
            row.getString(7),
            sites);
  }

  private static @Nullable EventKind kind(String word) {
    for (EventKind kind : EventKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }

  @Override
  public long lastNumber() throws IOException {
    return database.number("SELECT coalesce(max(number), 0) FROM event");
  }

  @Override
  public long bytes() {
    return database.bytes();
  }

  @Override
  public void close() {
    database.close();
  }
}
