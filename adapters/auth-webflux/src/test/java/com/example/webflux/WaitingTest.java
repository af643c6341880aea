package com.example.webflux;

import com.example.eventloop.SiteOptions;
import com.example.eventloop.WaitingContract;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WaitingTest implements WaitingContract {
  @Override
  public Site start(SiteOptions options) {
    return new Site(options);
  }
}
