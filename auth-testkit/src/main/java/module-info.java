/** Contract tests, fixtures and assertions for tests of Sallyport's hosts and extensions. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.testkit {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires java.net.http;
  requires org.slf4j;

  exports dev.sallyport.testkit;
  exports dev.sallyport.testkit.adapter;

  provides org.junit.jupiter.api.extension.Extension with
      dev.sallyport.testkit.SecretLeakExtension;
}
