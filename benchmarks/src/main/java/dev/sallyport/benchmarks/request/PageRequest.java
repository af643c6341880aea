package dev.sallyport.benchmarks.request;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all requests have in common: {@code GET https://app.example.com/api/hello}. */
abstract class PageRequest extends HttpServletRequestWrapper {
  static final String HOST = "app.example.com";

  private static final HttpServletRequest NOTHING = Unexpected.of(HttpServletRequest.class);
  private static final HttpServletMapping DEFAULT_SERVLET = new DefaultServlet();
  private static final String PATH = "/api/hello";

  PageRequest() {
    super(NOTHING);
  }

  @Override
  public String getParameter(String name) {
    return null;
  }

  @Override
  public String[] getParameterValues(String name) {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Map.of();
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getRequestURI() {
    return PATH;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer("https://" + HOST + PATH);
  }

  @Override
  public String getServletPath() {
    return PATH;
  }

  @Override
  public HttpServletMapping getHttpServletMapping() {
    return DEFAULT_SERVLET;
  }

  @Override
  public String getPathInfo() {
    return null;
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public String getQueryString() {
    return null;
  }

  @Override
  public String getScheme() {
    return "https";
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String getServerName() {
    return HOST;
  }

  @Override
  public int getServerPort() {
    return 443;
  }

  @Override
  public String getRemoteAddr() {
    return "192.0.2.7";
  }

  @Override
  public String getRemoteHost() {
    return "192.0.2.7";
  }

  @Override
  public Enumeration<Locale> getLocales() {
    return Collections.enumeration(List.of(Locale.UK));
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  /** What is mapped to {@code /}. */
  private static final class DefaultServlet implements HttpServletMapping {
    @Override
    public String getMatchValue() {
      return "";
    }

    @Override
    public String getPattern() {
      return "/";
    }

    @Override
    public String getServletName() {
      return "default";
    }

    @Override
    public MappingMatch getMappingMatch() {
      return MappingMatch.DEFAULT;
    }
  }
}
