/** The application behind the starter of this library. */
package dev.sallyport.benchmarks.hosts.boot.own;
