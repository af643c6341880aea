package dev.sallyport.testkit.adapter;

import org.jspecify.annotations.Nullable;

/** The protocols by which a host is asked. */
enum Protocol {
  HTTP_1("HTTP/1.1", null),
  HTTP_1_OVER_TLS("HTTP/1.1 over TLS", AdapterAbility.TLS),
  HTTP_2("cleartext HTTP/2", AdapterAbility.CLEARTEXT_HTTP_2),
  HTTP_2_OVER_TLS("HTTP/2 over TLS", AdapterAbility.HTTP_2_OVER_TLS);

  private final String text;
  private final @Nullable AdapterAbility needed;

  Protocol(String text, @Nullable AdapterAbility needed) {
    this.text = text;
    this.needed = needed;
  }

  /** What the host must be able to do; null for what every host can. */
  @Nullable AdapterAbility needed() {
    return needed;
  }

  @Override
  public String toString() {
    return text;
  }
}
