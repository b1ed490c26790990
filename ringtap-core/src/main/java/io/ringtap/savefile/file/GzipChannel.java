package io.ringtap.savefile.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The uncompressed content of a gzip file (RFC 1952), of one member or several.
///
/// Unlike the JDK's stream it gives out every byte before damaged data, and what it has before it
/// waits for more, as a capture that is still being written needs it.
public final class GzipChannel implements ReadableByteChannel {
  private static final int CHUNK = 1 << 16;
  private static final int MAGIC = 0x8B1F; // ID1 and ID2, RFC 1952 §2.3.1
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 1 << 1; // FHCRC and so on: bits of FLG
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final String DAMAGED_HEADER = "a damaged gzip header";

  private final ReadableByteChannel source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private ByteBuffer packed; // read from the source and not yet used
  private boolean isInMember;
  private boolean hasMembers;
  private boolean isOpen = true;
  private @Nullable IOException damage; // after which nothing follows

  /// Unpacks a stream of compressed bytes.
  ///
  /// @param head bytes of the file that were read already
  public GzipChannel(byte[] head, ReadableByteChannel source) {
    this.source = source;
    packed = ByteBuffer.wrap(head);
  }

  /// Reads uncompressed bytes: as many as the compressed ones at hand come to, and waits only if
  /// there are none.
  ///
  /// @throws ZipException if the data are damaged, after everything before
  /// @throws EOFException if they are cut off, after everything before
  @Override
  public int read(ByteBuffer target) throws IOException {
    while (damage == null) {
      int start = target.position();
      try {
        if (step(target)) {
          return -1;
        }
      } catch (DataFormatException e) {
        damage = new ZipException("damaged gzip data");
      } catch (ZipException | EOFException e) {
        damage = e;
      }
      if (target.position() > start) {
        return target.position() - start;
      }
    }
    throw damage;
  }

  /// Inflates once, or reads what is missing for it.
  ///
  /// @return whether the file has ended as it should
  private boolean step(ByteBuffer target) throws IOException, DataFormatException {
    if (!isInMember) {
      return !beginMember();
    }
    int start = target.position();
    int count;
    try {
      count = inflater.inflate(target);
    } finally {
      // Also what was inflated before damaged data.
      checksum.update(target.duplicate().limit(target.position()).position(start));
    }
    if (inflater.finished()) {
      endMember();
    } else if (count == 0) {
      refill();
      inflater.setInput(packed);
    }
    return false;
  }

  /// Reads a member's header.
  ///
  /// @return false if there is no further member
  private boolean beginMember() throws IOException {
    if (hasMembers && isPadding()) {
      return false;
    }
    if (half() != MAGIC || octet() != DEFLATE) {
      throw new ZipException(hasMembers ? "bytes after the gzip data" : DAMAGED_HEADER);
    }
    int flags = octet();
    skip(6); // MTIME, XFL, OS
    if ((flags & EXTRA) != 0) {
      skip(half());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(packed);
    checksum.reset();
    isInMember = true;
    hasMembers = true;
    return true;
  }

  /// Whether nothing follows a member, or only zeros up to the end of a tape's block or so.
  private boolean isPadding() throws IOException {
    do {
      while (packed.hasRemaining()) {
        if (packed.get(packed.position()) != 0) {
          return false;
        }
        packed.get();
      }
    } while (isRefilled());
    return true;
  }

  private void endMember() throws IOException {
    isInMember = false;
    long right = word();
    long size = word();
    if (right != checksum.getValue() || size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new ZipException("a wrong gzip checksum");
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      int _ = octet();
    }
  }

  private void skipText() throws IOException {
    while (octet() != 0) {}
  }

  private long word() throws IOException {
    return half() | (long) half() << 16;
  }

  private int half() throws IOException {
    return octet() | octet() << 8;
  }

  private int octet() throws IOException {
    if (!packed.hasRemaining()) {
      refill();
    }
    return Byte.toUnsignedInt(packed.get());
  }

  private void refill() throws IOException {
    if (!isRefilled()) {
      throw new EOFException("the gzip data end early");
    }
  }

  private boolean isRefilled() throws IOException {
    packed = chunk;
    packed.clear();
    int read = source.read(packed);
    packed.flip();
    return read >= 0;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() throws IOException {
    if (isOpen) {
      isOpen = false;
      inflater.end();
      source.close();
    }
  }
}
