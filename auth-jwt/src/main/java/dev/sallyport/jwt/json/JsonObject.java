package dev.sallyport.jwt.json;

import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

  private final List<String> names = new ArrayList<>(FEW);
  private final List<@Nullable Object> values = new ArrayList<>(FEW);

  /** A bit for each name's hash: one that is not set belongs to no name. See {@link StrictJson}. */
  private long hashes;

  /** The names, as soon as they are more than a few. */
  private @Nullable Set<String> many;

  JsonObject() {}

  /** Only while it is read. */
  void add(String name, @Nullable Object value) throws IOException {
    if (isDuplicate(name)) {
      throw new IOException("a name appears twice");
    }
    names.add(name);
    values.add(value);
  }

  private boolean isDuplicate(String name) {
    if (names.size() >= FEW) {
      if (many == null) {
        many = new HashSet<>(names);
      }
      return !many.add(name);
    }
    long bit = 1L << name.hashCode();
    boolean mayBe = (hashes & bit) != 0;
    hashes |= bit;
    return mayBe && names.contains(name);
  }

  @Override
  public int size() {
    return names.size();
  }

  /** The name of the member at an index. */
  public String name(int index) {
    return names.get(index);
  }

  /** The value of the member at an index. */
  public @Nullable Object value(int index) {
    return values.get(index);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return names.contains(name);
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    int index = names.indexOf(name);
    return index < 0 ? null : values.get(index);
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
    return new AbstractSet<>() {
      @Override
      public int size() {
        return names.size();
      }

      @Override
      public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
        return IntStream.range(0, names.size())
            .<Map.Entry<String, @Nullable Object>>mapToObj(
                i -> new SimpleImmutableEntry<>(names.get(i), values.get(i)))
            .iterator();
      }
    };
  }
}
