package dev.sallyport.jwt.json;

import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, in the order in which they were written. Immutable once it is read.
 * Objects have few members, and making a hash table of them costs more than looking through them: a
 * fifth of the verification of a token with HS256.
 */
public final class JsonObject extends AbstractMap<String, @Nullable Object> {
  /** An object without members. */
  public static final JsonObject EMPTY = new JsonObject();

  private static final int FEW = 16;

  private String[] names = new String[FEW];
  private @Nullable Object[] values = new Object[FEW];
  private int size;

  /** A bit for each name's hash: one that is not set belongs to no name. */
  private long hashes;

  /** The names, as soon as they are more than a few. */
  private @Nullable Set<String> many;

  JsonObject() {}

  /** Only while it is read. */
  void add(String name, @Nullable Object value) throws IOException {
    if (isDuplicate(name)) {
      throw new IOException("a name appears twice");
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = value;
    size++;
  }

  private boolean isDuplicate(String name) {
    if (size >= FEW) {
      if (many == null) {
        many = new HashSet<>(Arrays.asList(names).subList(0, size));
      }
      return !many.add(name);
    }
    long bit = 1L << name.hashCode();
    boolean mayBe = (hashes & bit) != 0;
    hashes |= bit;
    return mayBe && indexOf(name) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  /** The name of the member at an index. */
  public String name(int index) {
    return names[index];
  }

  /** The value of the member at an index. */
  public @Nullable Object value(int index) {
    return values[index];
  }

  private int indexOf(@Nullable Object name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    int index = indexOf(name);
    return index < 0 ? null : values[index];
  }

  /** The value of a member if it is a string, else null. */
  public @Nullable String text(String name) {
    return get(name) instanceof String text ? text : null;
  }

  /** The elements of a list of strings, or the words of a string; null for anything else. */
  public static @Nullable Set<String> texts(@Nullable Object value) {
    if (value instanceof String words) {
      Set<String> texts = new HashSet<>(List.of(words.split(" ", -1)));
      texts.remove("");
      return texts;
    }
    if (!(value instanceof List<?> list)) {
      return null;
    }
    Set<String> texts = new HashSet<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new Members();
  }

  private final class Members extends AbstractSet<Map.Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return size;
    }

    @Override
    public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < size;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
          if (next == size) {
            throw new NoSuchElementException();
          }
          Map.Entry<String, @Nullable Object> member =
              new SimpleImmutableEntry<>(names[next], values[next]);
          next++;
          return member;
        }
      };
    }
  }
}
