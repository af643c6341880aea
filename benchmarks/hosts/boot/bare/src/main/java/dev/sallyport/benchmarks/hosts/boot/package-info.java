/** One application of Spring Boot, to be started bare or behind a library. */
package dev.sallyport.benchmarks.hosts.boot;
