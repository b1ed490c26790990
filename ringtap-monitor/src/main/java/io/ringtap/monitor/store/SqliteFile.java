package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// An SQLite database with the tables of a [LedgerSchema]. It has one connection that writes and
/// one that reads, so that questions wait for no disk that is being written.
final class SqliteFile implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Path file;
  private final LedgerSchema schema;
  private final Connection writer;
  private final Connection reader;

  private SqliteFile(Path file, LedgerSchema schema, Connection writer, Connection reader) {
    this.file = file;
    this.schema = schema;
    this.writer = writer;
    this.reader = reader;
  }

  /// Changes something by a statement.
  interface Change {
    void make(PreparedStatement statement) throws SQLException;
  }

  /// Makes something of the rows that a query gives.
  ///
  /// @param <T> what
  interface Rows<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /// Opens a database, or makes it.
  ///
  /// @param newId the store's number if it is made
  static SqliteFile open(Path file, StoreKind kind, long newId) throws IOException {
    try {
      SQLiteConfig config = config();
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(SynchronousMode.NORMAL);
      Connection writer = config.createConnection("jdbc:sqlite:" + file);
      try {
        LedgerSchema schema = LedgerSchema.open(writer, file, kind, newId);
        return new SqliteFile(
            file, schema, writer, config().createConnection("jdbc:sqlite:" + file));
      } catch (SQLException | IOException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /// Opens a database that another process may be writing, only to read it.
  static SqliteFile read(Path file) throws IOException {
    try {
      SQLiteConfig config = config();
      config.setReadOnly(true);
      Connection reader = config.createConnection("jdbc:sqlite:" + file);
      try {
        return new SqliteFile(file, LedgerSchema.of(reader, file), reader, reader);
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

  /// Where it is.
  Path path() {
    return file;
  }

  LedgerSchema schema() {
    return schema;
  }

  /// Asks something.
  ///
  /// @param parameters puts in what the query has question marks for
  <T> T query(String sql, Change parameters, Rows<T> rows) throws IOException {
    synchronized (reader) {
      try (PreparedStatement statement = reader.prepareStatement(sql)) {
        parameters.make(statement);
        try (ResultSet found = statement.executeQuery()) {
          return rows.read(found);
        }
      } catch (SQLException e) {
        throw failure(file, e);
      }
    }
  }

  /// Asks something that needs no more.
  <T> T query(String sql, Rows<T> rows) throws IOException {
    return query(sql, _ -> {}, rows);
  }

  /// The one number that a query gives.
  long number(String sql) throws IOException {
    return query(sql, row -> row.getLong(1));
  }

  /// Makes a change wholly or not at all.
  void write(String sql, Change change) throws IOException {
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
        throw failure(file, e);
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

  /// What it takes on the disk, in bytes.
  long bytes() {
    long bytes = 0;
    for (String suffix : List.of("", "-wal", "-shm")) {
      try {
        bytes += Files.size(file.resolveSibling(file.getFileName() + suffix));
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
