package dev.sallyport.redis;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenRecord.Rotation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps records to bytes. They begin with what scripts read: the format, the kind, version, created
 * at, last seen, idle end, absolute end and epoch, in eight bytes each, then id and label. That
 * never changes. What comes later is added behind the last field, where older versions of this
 * library do not look, and a record without it is read as one that has the default.
 */
final class Records {
  private static final byte FORMAT = '1';
  private static final int MAX_BYTES = 65_536;
  private static final long NEVER = Long.MAX_VALUE;

  /** What only some records have; bits of one byte. */
  private static final int AUTHENTICATED = 1;

  private static final int SCOPES = 2;
  private static final int ATTRIBUTES = 4;
  private static final int ROTATION = 8;

  private Records() {}

  /** A kind as scripts know it. */
  static char letter(TokenKind kind) {
    return kind.text().charAt(0);
  }

  /**
   * Writes a record.
   *
   * @throws IllegalArgumentException if it is too large
   */
  static byte[] written(TokenRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(record, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes.size() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "A record of "
              + bytes.size()
              + " bytes is larger than the "
              + MAX_BYTES
              + " that can be kept; it should have fewer or shorter attributes");
    }
    return bytes.toByteArray();
  }

  private static void write(TokenRecord record, DataOutputStream out) throws IOException {
    out.writeByte(FORMAT);
    out.writeByte(letter(record.kind()));
    out.write(Texts.ordered(record.version()));
    out.write(Texts.ordered(record.createdAt().toEpochMilli()));
    out.write(Texts.ordered(record.lastSeenAt().toEpochMilli()));
    out.write(Texts.ordered(millis(record.idleExpiresAt())));
    out.write(Texts.ordered(millis(record.expiresAt())));
    out.write(Texts.ordered(record.epoch()));
    write("record's id", record.id(), out);
    write("label", record.label(), out);
    write("user's id", record.userId(), out);
    out.writeByte(parts(record));
    if (!record.authenticatedAt().equals(record.createdAt())) {
      out.writeLong(record.authenticatedAt().toEpochMilli());
    }
    write("client", record.client(), out);
    if (record.scopes().isPresent()) {
      out.writeShort(record.scopes().get().size());
      for (String scope : record.scopes().get()) {
        write("scope", scope, out);
      }
    }
    if (!record.attributes().isEmpty()) {
      out.writeShort(record.attributes().size());
      for (Map.Entry<String, String> attribute : record.attributes().entrySet()) {
        write("attribute's name", attribute.getKey(), out);
        write("attribute", attribute.getValue(), out);
      }
    }
    if (record.rotation().isPresent()) {
      Rotation rotation = record.rotation().get();
      out.writeLong(rotation.generation());
      out.writeUTF(rotation.digest().text());
      write("key's id", rotation.keyId(), out);
      out.writeLong(rotation.rotatedAt().toEpochMilli());
    }
  }

  private static int parts(TokenRecord record) {
    return (record.authenticatedAt().equals(record.createdAt()) ? 0 : AUTHENTICATED)
        | (record.scopes().isPresent() ? SCOPES : 0)
        | (record.attributes().isEmpty() ? 0 : ATTRIBUTES)
        | (record.rotation().isPresent() ? ROTATION : 0);
  }

  private static void write(String what, String text, DataOutputStream out) throws IOException {
    out.writeUTF(Texts.checked(what, text));
  }

  private static long millis(Optional<Instant> end) {
    return end.map(Instant::toEpochMilli).orElse(NEVER);
  }

  /**
   * Reads a record.
   *
   * @throws StoreUnavailableException if it was not written by this library, or by a later one in
   *     another format
   */
  static TokenRecord read(SecretDigest key, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        throw new StoreUnavailableException(
            "A record in Redis has a format that this version of auth-redis does not know");
      }
      return read(key, in);
    } catch (IOException | IllegalArgumentException e) {
      // The cause may quote what was read.
      throw new StoreUnavailableException("A record in Redis is damaged");
    }
  }

  private static TokenRecord read(SecretDigest key, DataInputStream in) throws IOException {
    TokenKind kind = kind((char) in.readByte());
    long version = ordered(in);
    Instant createdAt = Instant.ofEpochMilli(ordered(in));
    Instant lastSeenAt = Instant.ofEpochMilli(ordered(in));
    Instant idleExpiresAt = end(ordered(in));
    Instant expiresAt = end(ordered(in));
    long epoch = ordered(in);
    String id = in.readUTF();
    String label = in.readUTF();
    String userId = in.readUTF();
    int parts = in.readByte();
    return TokenRecord.builder(kind, key, id, userId, createdAt)
        .label(label)
        .version(version)
        .lastSeenAt(lastSeenAt)
        .idleExpiresAt(idleExpiresAt)
        .expiresAt(expiresAt)
        .epoch(epoch)
        .authenticatedAt(
            (parts & AUTHENTICATED) == 0 ? createdAt : Instant.ofEpochMilli(in.readLong()))
        .client(in.readUTF())
        .scopes((parts & SCOPES) == 0 ? null : scopes(in))
        .attributes((parts & ATTRIBUTES) == 0 ? Map.of() : attributes(in))
        .rotation((parts & ROTATION) == 0 ? null : rotation(in))
        .build();
  }

  private static TokenKind kind(char letter) {
    for (TokenKind kind : TokenKind.values()) {
      if (letter(kind) == letter) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown kind");
  }

  private static long ordered(DataInputStream in) throws IOException {
    return in.readLong() ^ Long.MIN_VALUE;
  }

  private static @Nullable Instant end(long millis) {
    return millis == NEVER ? null : Instant.ofEpochMilli(millis);
  }

  private static Set<String> scopes(DataInputStream in) throws IOException {
    int size = in.readShort();
    Set<String> scopes = new HashSet<>();
    for (int i = 0; i < size; i++) {
      scopes.add(in.readUTF());
    }
    return scopes;
  }

  private static Map<String, String> attributes(DataInputStream in) throws IOException {
    int size = in.readShort();
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < size; i++) {
      attributes.put(in.readUTF(), in.readUTF());
    }
    return attributes;
  }

  private static Rotation rotation(DataInputStream in) throws IOException {
    return new Rotation(
        in.readLong(),
        SecretDigest.stored(in.readUTF()),
        in.readUTF(),
        Instant.ofEpochMilli(in.readLong()));
  }
}
