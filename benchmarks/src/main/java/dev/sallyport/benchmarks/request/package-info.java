/** A whole request, from the servlet container's to the page, through the filters of several. */
package dev.sallyport.benchmarks.request;
