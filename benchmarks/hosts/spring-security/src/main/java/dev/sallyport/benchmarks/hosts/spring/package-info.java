/** The host behind Spring Security. */
package dev.sallyport.benchmarks.hosts.spring;
