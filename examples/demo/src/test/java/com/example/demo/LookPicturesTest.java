package com.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the page looks like. Pictures go to {@code target/pictures}, or where {@code pictures.dir}
 * says, seen from the root of the project.
 */
@Timeout(300)
class LookPicturesTest {
  @TempDir private static Path folder;
  private static RunningDemo demo;
  private static Chromium chromium;
  private static LookPage page;
  private static Path pictures;

  /** One page with something everywhere: a theft, a refusal, a list. */
  @BeforeAll
  static void start() throws Exception {
    String where = System.getProperty("pictures.dir");
    pictures = where == null ? Path.of("target/pictures") : Path.of("../..").resolve(where);
    Files.createDirectories(pictures);
    chromium = Chromium.start(folder);
    demo = RunningDemo.start();
    page = new LookPage(chromium, demo);
    page.logInByAll("alice");
    page.press("refresh");
    page.press("replay");
    page.press("steal");
    page.press("list");
    page.set("with-basic", "wrong");
    page.press("send");
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  private static void draw(String name) throws Exception {
    Files.write(pictures.resolve(name + ".png"), SmallPicture.of(page.tab().picture()));
  }

  private static void scrollTo(String id) throws Exception {
    page.tab().evaluate("document.getElementById('" + id + "').scrollIntoView()");
    page.tab()
        .evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  @Test
  @DisplayName(
      "Pictures: a refusal in spite of a good cookie, a stolen token, a telephone at night")
  void pictures() throws Exception {
    page.press("send");
    page.tab().prefer("light");
    page.tab().resize(1400, 900);
    draw("demo-request");
    page.press("refresh");
    page.tab().resize(1240, 500);
    scrollTo("family-title");
    draw("demo-family");
    assertThat(page.text("story")).contains("somebody has a copy");
    page.tab().prefer("dark");
    page.tab().resize(360, 740);
    page.press("send");
    scrollTo("request-title");
    draw("demo-narrow");
    assertThat(page.text("way")).contains("wrong_password");
  }

  @ParameterizedTest
  @CsvSource({"1400, light", "1400, dark", "360, light", "360, dark"})
  @DisplayName("axe-core finds nothing wrong, and nothing is wider than the window")
  void accessible(int width, String colours) throws Exception {
    page.tab().prefer(colours);
    page.tab().resize(width, 900);
    assertThat(page.violations()).isEmpty();
    assertThat(page.tab().evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
  }

  @Test
  @DisplayName("axe-core finds what is wrong, where something is")
  void canFail() throws Exception {
    page.tab().evaluate("document.body.append(document.createElement('button'))");
    assertThat(page.violations()).contains("button-name");
    page.tab().evaluate("document.body.lastElementChild.remove()");
  }
}
