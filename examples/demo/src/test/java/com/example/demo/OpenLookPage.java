package com.example.demo;

import com.example.host.Chromium;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that shows what each request meets, in a real browser. */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
abstract class OpenLookPage {
  RunningDemo demo;
  Chromium chromium;
  LookPage page;
  String user;

  private int users;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    chromium = Chromium.start(folder);
    demo = RunningDemo.start();
    page = new LookPage(chromium, demo);
  }

  @AfterAll
  void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  /** Each test has a page without a session, and a user of its own. */
  @BeforeEach
  void begin() throws Exception {
    users++;
    user = "alice" + users;
    page.tab().evaluate("fetch('/auth/logout', {method: 'POST'}).then(answer => answer.status)");
    page.open();
  }
}
