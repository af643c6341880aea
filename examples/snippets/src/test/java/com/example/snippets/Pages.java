package com.example.snippets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of the project, and the code in them. */
final class Pages {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private Pages() {}

  /** The pages of the project's root and of docs. */
  static List<Path> all() {
    List<Path> pages = new ArrayList<>(in(ROOT));
    pages.addAll(in(ROOT.resolve("docs")));
    return pages;
  }

  /** The pages of a folder. */
  static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of one language on a page. */
  static List<String> blocks(Path page, String language) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(read(page));
    while (matcher.find()) {
      if (matcher.group(1).equals(language)) {
        blocks.add(matcher.group(2));
      }
    }
    return blocks;
  }

  /** The versions in a page's first block of XML that the project's own pom doesn't have. */
  static List<String> staleVersions(Path page) {
    String parent = read(ROOT.resolve("pom.xml"));
    Matcher matcher =
        Pattern.compile("<version>([^<$]+)</version>").matcher(blocks(page, "xml").get(0));
    List<String> stale = new ArrayList<>();
    while (matcher.find()) {
      if (!matcher.group(1).equals("1") && !parent.contains(matcher.group(1))) {
        stale.add(matcher.group(1));
      }
    }
    return stale;
  }
}
