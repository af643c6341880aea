/** The host behind this library. */
package dev.sallyport.benchmarks.hosts.own;
