/** One host, to be started bare or behind a library, and what is measured of its process. */
package dev.sallyport.benchmarks.hosts;
