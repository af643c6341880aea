package com.example.checks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The public API of an artifact as text, read from class files: public and protected types of
 * exported packages, and what can be called or overridden in them. The order never depends on the
 * compiler.
 */
final class ApiText {
  private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

  private final TreeMap<String, ClassNode> types = new TreeMap<>();
  private final Set<String> exported = new TreeSet<>();
  private final List<String> lines = new ArrayList<>();

  private ApiText() {}

  /** What the compiled classes below a folder offer; without a module-info, all packages do. */
  static String of(Path classes) throws IOException {
    ApiText api = new ApiText();
    api.read(classes);
    api.types.keySet().stream().filter(api::isVisible).forEach(api::describe);
    return String.join("\n", api.lines) + "\n";
  }

  private void read(Path classes) throws IOException {
    Path module = classes.resolve("module-info.class");
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".class") && !file.equals(module)) {
          ClassNode type = new ClassNode();
          new ClassReader(Files.readAllBytes(file))
              .accept(type, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
          types.put(type.name, type);
        }
      }
    }
    if (Files.exists(module)) {
      try (InputStream in = Files.newInputStream(module)) {
        describe(ModuleDescriptor.read(in));
      }
    } else {
      types.keySet().forEach(name -> exported.add(packageOf(name)));
    }
  }

  private void describe(ModuleDescriptor module) {
    lines.add("module " + module.name());
    Set<String> sorted = new TreeSet<>();
    for (ModuleDescriptor.Requires required : module.requires()) {
      Set<ModuleDescriptor.Requires.Modifier> modifiers = required.modifiers();
      if (!modifiers.contains(ModuleDescriptor.Requires.Modifier.STATIC)) {
        boolean passedOn = modifiers.contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE);
        sorted.add("  requires " + (passedOn ? "transitive " : "") + required.name());
      }
    }
    for (ModuleDescriptor.Exports exports : module.exports()) {
      if (!exports.isQualified()) {
        exported.add(exports.source());
        sorted.add("  exports " + exports.source());
      }
    }
    module.uses().forEach(service -> sorted.add("  uses " + service));
    module.provides().forEach(service -> sorted.add("  provides " + service.service()));
    lines.addAll(sorted);
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
  }

  /** A nested type's own modifiers stand where it is named as such, not in its file's head. */
  private static InnerClassNode nesting(ClassNode type) {
    return type.innerClasses.stream()
        .filter(inner -> inner.name.equals(type.name))
        .findFirst()
        .orElse(null);
  }

  private boolean isVisible(String name) {
    ClassNode type = types.get(name);
    if (type == null) {
      return false;
    }
    InnerClassNode nesting = nesting(type);
    if (nesting == null) {
      return (type.access & VISIBLE) != 0 && exported.contains(packageOf(name));
    }
    return (nesting.access & VISIBLE) != 0
        && nesting.outerName != null
        && isVisible(nesting.outerName);
  }

  private void describe(String name) {
    ClassNode type = types.get(name);
    InnerClassNode nesting = nesting(type);
    int access = type.access | (nesting == null ? 0 : nesting.access);
    boolean named = (access & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD)) != 0;
    int implied = Modifier.ABSTRACT | Modifier.FINAL | Modifier.STATIC;
    int shown = VISIBLE | (named ? 0 : implied);
    String text = Modifier.toString(access & shown) + sealed(type) + " " + kind(access) + " ";
    text += ApiNames.of(name) + ApiNames.declaration(type);
    List<String> permitted =
        type.permittedSubclasses == null
            ? List.of()
            : type.permittedSubclasses.stream().filter(this::isVisible).map(ApiNames::of).toList();
    if (!permitted.isEmpty()) {
      text += " permits " + String.join(", ", permitted);
    }
    lines.add("");
    lines.add(ApiNames.deprecated(access) + text + ApiNames.nullable(type.visibleTypeAnnotations));
    List<String> members = new ArrayList<>();
    members(type, members);
    members.sort(Comparator.comparing(ApiText::nameOf).thenComparing(Comparator.naturalOrder()));
    members.stream().distinct().map("  "::concat).forEach(lines::add);
  }

  private static String nameOf(String member) {
    String head = member.split("[(=]|//", 2)[0].strip();
    return head.substring(head.lastIndexOf(' ') + 1);
  }

  private static String sealed(ClassNode type) {
    return type.permittedSubclasses == null ? "" : " sealed";
  }

  private static String kind(int access) {
    if ((access & Opcodes.ACC_ANNOTATION) != 0) {
      return "@interface";
    }
    if ((access & Opcodes.ACC_INTERFACE) != 0) {
      return "interface";
    }
    if ((access & Opcodes.ACC_ENUM) != 0) {
      return "enum";
    }
    return (access & Opcodes.ACC_RECORD) != 0 ? "record" : "class";
  }

  /** Its own, and those that it inherits from a type of this artifact that itself is hidden. */
  private void members(ClassNode type, List<String> members) {
    boolean open = (type.access & Opcodes.ACC_FINAL) == 0;
    int visible = open ? VISIBLE : Opcodes.ACC_PUBLIC;
    for (FieldNode field : type.fields) {
      if ((field.access & visible) != 0 && (field.access & Opcodes.ACC_SYNTHETIC) == 0) {
        members.add(ApiNames.field(field));
      }
    }
    for (MethodNode method : type.methods) {
      if ((method.access & visible) != 0 && (method.access & Opcodes.ACC_SYNTHETIC) == 0) {
        members.add(ApiNames.method(type, method));
      }
    }
    List<String> parents = new ArrayList<>(type.interfaces);
    if (type.superName != null) {
      parents.add(type.superName);
    }
    for (String parent : parents) {
      if (types.containsKey(parent) && !isVisible(parent)) {
        List<String> inherited = new ArrayList<>();
        members(types.get(parent), inherited);
        inherited.stream()
            .filter(member -> !member.contains(ApiNames.CONSTRUCTOR))
            .forEach(members::add);
      }
    }
  }
}
