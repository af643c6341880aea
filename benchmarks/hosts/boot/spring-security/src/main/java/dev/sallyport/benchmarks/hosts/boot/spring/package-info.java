/** The application behind Spring Security. */
package dev.sallyport.benchmarks.hosts.boot.spring;
