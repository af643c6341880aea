package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.http.JsonBody;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** An application in which people write notes, as pages in HTML and as JSON. */
@SpringBootApplication(proxyBeanMethods = false)
class NotesApplication {
  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** Handlers can take an {@link AuthRequest} and a {@link JsonBody}. */
  @Bean
  WebMvcConfigurer arguments() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new RequestArguments());
      }
    };
  }

  /** Pages load nothing, run no script, and send their forms to this site. */
  @Bean
  FilterRegistrationBean<Filter> contentSecurityPolicy() {
    FilterRegistrationBean<Filter> filter =
        new FilterRegistrationBean<>(
            (request, response, chain) -> {
              HttpServletResponse answer = (HttpServletResponse) response;
              answer.setHeader("Content-Security-Policy", POLICY);
              answer.setHeader("X-Content-Type-Options", "nosniff");
              chain.doFilter(request, response);
            });
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
    return filter;
  }
}
