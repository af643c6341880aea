package dev.sallyport.spring;

import dev.sallyport.scheme.ConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows all faults of the settings in one message, without a stack trace. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Correct the settings. docs/settings.md lists all keys below 'auth', docs/spring-boot.md"
            + " those below 'sallyport'.",
        cause);
  }
}
