package com.example.checks;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.TypeReference;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeAnnotationNode;
import org.objectweb.asm.util.TraceSignatureVisitor;

/** How the parts of a class file are written down in the text of an API. */
final class ApiNames {
  /** In the line of each constructor, and in no other. */
  static final String CONSTRUCTOR = " new(";

  private static final String NULLABLE = "Lorg/jspecify/annotations/Nullable;";

  private ApiNames() {}

  /** A name as sources have it, that of java.lang without its package. */
  static String of(String name) {
    return name.replace('/', '.').replace('$', '.').replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
  }

  static String deprecated(int access) {
    return (access & Opcodes.ACC_DEPRECATED) == 0 ? "" : "@Deprecated ";
  }

  /** Type parameters and parents. */
  static String declaration(ClassNode type) {
    String erased =
        Stream.concat(Stream.of(type.superName), type.interfaces.stream())
            .map(parent -> "L" + parent + ";")
            .collect(Collectors.joining());
    TraceSignatureVisitor text = new TraceSignatureVisitor(type.access);
    new SignatureReader(type.signature == null ? erased : type.signature).accept(text);
    return of(text.getDeclaration()).replaceAll(" extends (Record|Enum<[^ ]*>)(?= |$)", "");
  }

  static String field(FieldNode field) {
    TraceSignatureVisitor text = new TraceSignatureVisitor(0);
    new SignatureReader(field.signature == null ? field.desc : field.signature).acceptType(text);
    String quote = field.value instanceof String ? "\"" : "";
    return deprecated(field.access)
        + modifiers(field.access)
        + of(text.getDeclaration())
        + " "
        + field.name
        + (field.value == null ? "" : " = " + quote + field.value + quote)
        + nullable(field.visibleTypeAnnotations);
  }

  static String method(ClassNode owner, MethodNode method) {
    TraceSignatureVisitor text = new TraceSignatureVisitor(0);
    new SignatureReader(method.signature == null ? method.desc : method.signature).accept(text);
    String declaration = of(text.getDeclaration());
    String parameters = declaration.substring(declaration.indexOf('('));
    if ((method.access & Opcodes.ACC_VARARGS) != 0) {
      parameters = parameters.replaceFirst("\\[]\\)$", "...)");
    }
    String typeParameters = declaration.substring(0, declaration.indexOf('('));
    String thrown = text.getExceptions();
    if (thrown == null) {
      thrown = String.join(", ", method.exceptions);
    }
    String result =
        method.name.equals("<init>")
            ? CONSTRUCTOR.strip().replace("(", "")
            : of(text.getReturnType()) + " " + method.name;
    boolean inInterface = (owner.access & Opcodes.ACC_INTERFACE) != 0;
    boolean hasBody = (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) == 0;
    return deprecated(method.access)
        + modifiers(inInterface ? method.access & ~Opcodes.ACC_ABSTRACT : method.access)
        + (inInterface && hasBody ? "default " : "")
        + (typeParameters.isEmpty() ? "" : typeParameters + " ")
        + result
        + parameters
        + (thrown.isEmpty() ? "" : " throws " + of(thrown))
        + (method.annotationDefault == null ? "" : " default …")
        + nullable(method.visibleTypeAnnotations);
  }

  private static String modifiers(int access) {
    int shown =
        Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;
    return Modifier.toString(access & shown) + " ";
  }

  /** Where null may stand. */
  static String nullable(@Nullable List<TypeAnnotationNode> annotations) {
    if (annotations == null) {
      return "";
    }
    String places =
        annotations.stream()
            .filter(annotation -> annotation.desc.equals(NULLABLE))
            .map(ApiNames::place)
            .sorted()
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? "" : " // nullable: " + places;
  }

  private static String place(TypeAnnotationNode annotation) {
    TypeReference reference = new TypeReference(annotation.typeRef);
    String place =
        switch (reference.getSort()) {
          case TypeReference.METHOD_RETURN -> "result";
          case TypeReference.FIELD -> "field";
          case TypeReference.METHOD_FORMAL_PARAMETER ->
              "parameter " + (reference.getFormalParameterIndex() + 1);
          case TypeReference.CLASS_TYPE_PARAMETER_BOUND,
              TypeReference.METHOD_TYPE_PARAMETER_BOUND ->
              "bound of type parameter " + (reference.getTypeParameterIndex() + 1);
          default -> "type " + Integer.toHexString(annotation.typeRef);
        };
    return annotation.typePath == null ? place : place + " at " + annotation.typePath;
  }
}
