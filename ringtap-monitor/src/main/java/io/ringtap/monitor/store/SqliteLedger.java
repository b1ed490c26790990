package io.ringtap.monitor.store;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.TargetKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Targets and events in an SQLite database, which any SQLite can read. It has one connection that
/// writes and one that reads, so that questions wait for no disk that is being written.
final class SqliteLedger implements Ledger {
  /// The file in the store's folder.
  static final String FILE = "inventory.db";

  private static final int VERSION = 1;
  private static final int MOST_EVENTS = 200_000;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OPEN =
      """
      SELECT max(number) FROM event GROUP BY target, kind HAVING is_begin = 1 AND kind != 'address'\
      """;

  private final Path file;
  private final Connection writer;
  private final Connection reader;
  private final long storeId;

  private SqliteLedger(Path file, Connection writer, Connection reader, long storeId) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.storeId = storeId;
  }

  /// Opens a database, or makes it.
  ///
  /// @param newId the store's number if it is made
  static SqliteLedger open(Path folder, long newId) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      SQLiteConfig config = config();
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(SynchronousMode.NORMAL);
      Connection writer = config.createConnection("jdbc:sqlite:" + file);
      try {
        checkVersion(writer, file);
        create(writer, newId);
        Connection reader = config().createConnection("jdbc:sqlite:" + file);
        return new SqliteLedger(file, writer, reader, storeId(writer));
      } catch (SQLException | IOException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /// Opens a database that another process may be writing, only to read it.
  static SqliteLedger read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException(folder + " is no store: there is no " + FILE + " in it");
    }
    try {
      SQLiteConfig config = config();
      config.setReadOnly(true);
      Connection reader = config.createConnection("jdbc:sqlite:" + file);
      try {
        checkVersion(reader, file);
        return new SqliteLedger(file, reader, reader, storeId(reader));
      } catch (SQLException | IOException e) {
        reader.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(PATIENCE_MILLIS);
    return config;
  }

  private static IOException failure(Path file, SQLException e) {
    return new IOException(file + ": " + e.getMessage(), e);
  }

  private IOException failure(SQLException e) {
    return failure(file, e);
  }

  private static void checkVersion(Connection connection, Path file)
      throws SQLException, IOException {
    long version = number(connection, "PRAGMA user_version");
    if (version > VERSION) {
      throw new IOException(
          "%s has format %d, which is newer than %d, the newest that this version reads"
              .formatted(file, version, VERSION));
    }
  }

  private static void create(Connection connection, long newId) throws SQLException {
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
            first_s INTEGER NOT NULL, last_s INTEGER NOT NULL, watched INTEGER NOT NULL)\
          """);
      statement.executeUpdate(
          """
          CREATE TABLE IF NOT EXISTS event (
            number INTEGER PRIMARY KEY, target INTEGER NOT NULL, kind TEXT NOT NULL,
            is_begin INTEGER NOT NULL, since_ns INTEGER NOT NULL, known_ns INTEGER NOT NULL,
            detail TEXT NOT NULL)\
          """);
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
      statement.executeUpdate("PRAGMA user_version = " + VERSION);
      statement.executeUpdate("COMMIT");
    }
  }

  private static long storeId(Connection connection) throws SQLException {
    return number(connection, "SELECT id FROM store");
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  @Override
  public long storeId() {
    return storeId;
  }

  @Override
  public List<StoredTarget> targets() throws IOException {
    String query =
        """
        SELECT id, "group", host, family, name, labels, address, first_s, last_s, watched
        FROM target ORDER BY id\
        """;
    synchronized (reader) {
      try (Statement statement = reader.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        List<StoredTarget> targets = new ArrayList<>();
        while (row.next()) {
          targets.add(target(row));
        }
        return targets;
      } catch (SQLException e) {
        throw failure(e);
      } catch (JacksonException e) {
        throw new IOException(file + ": labels that are no JSON", e);
      }
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
        new TargetKey(row.getString(2), row.getString(3), family),
        row.getString(5),
        labels,
        row.getString(7),
        row.getLong(8),
        row.getLong(9),
        row.getBoolean(10));
  }

  @Override
  public void saveTargets(List<StoredTarget> targets) throws IOException {
    write(
        "INSERT OR REPLACE INTO target VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            insert.executeUpdate();
          }
        });
  }

  @Override
  public void addEvents(List<StoredEvent> events) throws IOException {
    write(
        "INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?)",
        insert -> {
          for (StoredEvent event : events) {
            set(insert, event);
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
    write(
        "INSERT INTO undelivered VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        insert -> {
          try (Statement delete = writer.createStatement()) {
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
    synchronized (reader) {
      try (Statement statement = reader.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        List<StoredDelivery> deliveries = new ArrayList<>();
        while (row.next()) {
          StoredEvent event = event(row);
          if (event != null) {
            deliveries.add(new StoredDelivery(row.getString(8), event));
          }
        }
        return deliveries;
      } catch (SQLException e) {
        throw failure(e);
      }
    }
  }

  @Override
  public void deleteEvents(long beforeNanos) throws IOException {
    write(
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

  private interface Change {
    void make(PreparedStatement statement) throws SQLException;
  }

  /// Makes a change wholly or not at all.
  private void write(String sql, Change change) throws IOException {
    synchronized (writer) {
      try {
        writer.setAutoCommit(false);
        try (PreparedStatement statement = writer.prepareStatement(sql)) {
          change.make(statement);
          writer.setAutoCommit(true); // commits
        } catch (SQLException e) {
          endAfter(e);
          throw e;
        }
      } catch (SQLException e) {
        throw failure(e);
      }
    }
  }

  /// Ends a transaction that has failed, which SQLite may have ended itself, as it does when the
  /// disk is full: what then fails says nothing of why.
  private void endAfter(SQLException failure) {
    try {
      if (!writer.getAutoCommit()) {
        writer.rollback();
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    try {
      writer.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public List<StoredEvent> events(EventFilter filter) throws IOException {
    boolean isOfAll = filter.targetId() == EventFilter.ALL_TARGETS;
    return events(
        "WHERE known_ns >= ? AND known_ns < ? "
            + (isOfAll ? "" : "AND target = ? ")
            + "ORDER BY number DESC LIMIT "
            + filter.limit(),
        filter);
  }

  @Override
  public List<StoredEvent> openEvents() throws IOException {
    return events("WHERE number IN (" + OPEN + ") ORDER BY number", null);
  }

  private List<StoredEvent> events(String where, @Nullable EventFilter filter) throws IOException {
    String query =
        "SELECT number, target, kind, is_begin, since_ns, known_ns, detail FROM event " + where;
    synchronized (reader) {
      try (PreparedStatement statement = reader.prepareStatement(query)) {
        if (filter != null) {
          statement.setLong(1, filter.fromNanos());
          statement.setLong(2, filter.toNanos());
          if (filter.targetId() != EventFilter.ALL_TARGETS) {
            statement.setInt(3, filter.targetId());
          }
        }
        try (ResultSet row = statement.executeQuery()) {
          List<StoredEvent> events = new ArrayList<>();
          while (row.next()) {
            StoredEvent event = event(row);
            if (event != null) {
              events.add(event);
            }
          }
          return events;
        }
      } catch (SQLException e) {
        throw failure(e);
      }
    }
  }

  /// An event of the first seven columns; null if it is of a kind that this version does not know.
  private static @Nullable StoredEvent event(ResultSet row) throws SQLException {
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
            row.getString(7));
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
    synchronized (reader) {
      try {
        return number(reader, "SELECT coalesce(max(number), 0) FROM event");
      } catch (SQLException e) {
        throw failure(e);
      }
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (String suffix : List.of("", "-wal", "-shm")) {
      try {
        bytes += Files.size(file.resolveSibling(FILE + suffix));
      } catch (IOException e) {
        // There is no such file now.
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    synchronized (reader) {
      try {
        reader.close();
        writer.close();
      } catch (SQLException e) {
        // Each change was committed by itself, so nothing is lost by this.
      }
    }
  }
}
