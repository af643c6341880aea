import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints the size and shape of the library: {@code java .ci/Figures.java} in the root of a checkout.
 * A line of code is one that is neither blank nor only comment; types are top-level ones; a knob is
 * a public method of one parameter, by its name, and counts once for each class that has it.
 */
final class Figures {
  private static final List<String> MODULES =
      List.of(
          "auth-core",
          "auth-basic",
          "auth-session",
          "auth-token",
          "auth-jwt",
          "auth-testkit",
          "adapters/auth-http",
          "adapters/auth-jdbc",
          "adapters/auth-redis");
  private static final Set<String> KNOBS =
      Set.of(
          "clock", "random", "listener", "transport", "origins", "throttle", "throttleStore",
          "proxies", "counts", "withClock", "withRandom", "withListener", "withTransport", "withOrigins",
          "withProxies", "withCounts");
  private static final Path TASKS =
      Path.of("examples/snippets/src/main/java/com/example/snippets/tasks");

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final Map<String, Integer> knobs = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    new Figures().print();
  }

  private void print() throws IOException {
    System.out.println("module             code  public  package-private  longest file  longest method");
    for (String module : MODULES) {
      System.out.println(new Module(module).row());
    }
    System.out.println();
    System.out.println("knobs: " + knobs);
    System.out.println();
    System.out.println("task                  imports of ours  packages");
    if (Files.isDirectory(TASKS)) {
      for (Path task : sources(TASKS)) {
        printTask(task);
      }
    }
  }

  private void printTask(Path file) throws IOException {
    Set<String> packages = new TreeSet<>();
    int imports = 0;
    for (CompilationUnitTree unit : parse(List.of(file)).units()) {
      for (ImportTree line : unit.getImports()) {
        String name = line.getQualifiedIdentifier().toString();
        if (name.startsWith("dev.sallyport.")) {
          imports++;
          packages.add(name.replaceAll("\\.[A-Z].*", ""));
        }
      }
    }
    if (imports > 0) {
      System.out.printf("%-20s  %15d  %8d%n", file.getFileName(), imports, packages.size());
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private record Parsed(Iterable<? extends CompilationUnitTree> units, SourcePositions positions) {}

  private Parsed parse(List<Path> files) throws IOException {
    StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, manager, null, List.of("-proc:none"), null,
                manager.getJavaFileObjectsFromPaths(files));
    return new Parsed(task.parse(), Trees.instance(task).getSourcePositions());
  }

  /** Counts one module's main sources. */
  private final class Module {
    private final String name;
    private int code;
    private int publicTypes;
    private int hiddenTypes;
    private int longestFile;
    private int longestMethod;

    Module(String name) throws IOException {
      this.name = name;
      List<Path> files = new ArrayList<>(sources(Path.of(name, "src/main/java")));
      for (Path file : files) {
        List<String> lines = Files.readAllLines(file);
        longestFile = Math.max(longestFile, lines.size());
        code += code(lines);
      }
      files.removeIf(file -> file.endsWith("module-info.java"));
      Parsed parsed = parse(files);
      for (CompilationUnitTree unit : parsed.units()) {
        count(unit, parsed.positions());
      }
    }

    private void count(CompilationUnitTree unit, SourcePositions positions) {
      for (Tree type : unit.getTypeDecls()) {
        if (type instanceof ClassTree top) {
          if (top.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
            publicTypes++;
          } else {
            hiddenTypes++;
          }
        }
      }
      new TreeScanner<Void, ClassTree>() {
        @Override
        public Void visitClass(ClassTree type, ClassTree outer) {
          Set<String> found = new TreeSet<>();
          for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && isKnob(method)) {
              found.add(method.getName().toString());
            }
          }
          found.forEach(knob -> knobs.merge(knob, 1, Integer::sum));
          return super.visitClass(type, type);
        }

        @Override
        public Void visitMethod(MethodTree method, ClassTree type) {
          long start = line(unit, positions.getStartPosition(unit, method));
          long end = line(unit, positions.getEndPosition(unit, method));
          longestMethod = Math.max(longestMethod, (int) (end - start + 1));
          return super.visitMethod(method, type);
        }
      }.scan(unit, null);
    }

    private boolean isKnob(MethodTree method) {
      return KNOBS.contains(method.getName().toString())
          && method.getParameters().size() == 1
          && method.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static long line(CompilationUnitTree unit, long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    private static int code(List<String> lines) {
      int code = 0;
      boolean inComment = false;
      for (String raw : lines) {
        String line = raw.strip();
        if (inComment) {
          inComment = !line.contains("*/");
        } else if (line.startsWith("/*")) {
          inComment = !line.contains("*/");
        } else if (!line.isEmpty() && !line.startsWith("//")) {
          code++;
        }
      }
      return code;
    }

    String row() {
      return String.format(
          "%-18s %5d  %6d  %15d  %12d  %14d",
          name, code, publicTypes, hiddenTypes, longestFile, longestMethod);
    }
  }
}
