package dev.sallyport.benchmarks.hosts;

import jakarta.servlet.ServletContext;
import org.apache.catalina.Manager;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** What stands before the page, for one scheme and the {@link People}. */
public interface Protection {
  /**
   * Adds beans to those of the page.
   *
   * @param beans the context, which has not been refreshed
   */
  default void register(AnnotationConfigWebApplicationContext beans) {}

  /**
   * Adds a filter.
   *
   * @param servlets the context, which has not started
   * @param beans those of the page and of {@link #register}
   */
  default void protect(ServletContext servlets, WebApplicationContext beans) {}

  /**
   * Logs the {@link People} in.
   *
   * @param beans those of the page and of {@link #register}
   * @param sessions the container's
   * @return the header field with which {@link People#NAME} gets the page, as a client sends it
   */
  String logIn(WebApplicationContext beans, Manager sessions);
}
