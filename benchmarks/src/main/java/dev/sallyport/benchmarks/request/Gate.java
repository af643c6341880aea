package dev.sallyport.benchmarks.request;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What stands before a page and lets users through. */
interface Gate {
  /** The name of the user whom the page sees; null if the request doesn't get there. */
  String visit(HttpServletRequest request, HttpServletResponse response) throws Exception;

  /** A servlet filter before a page that asks the servlet API who it is. */
  static Gate of(Filter filter) {
    return (request, response) -> {
      Page page = new Page();
      filter.doFilter(request, response, page);
      return page.user;
    };
  }

  /** The end of a filter chain. */
  final class Page implements FilterChain {
    private String user;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      user = ((HttpServletRequest) request).getRemoteUser();
    }
  }
}
