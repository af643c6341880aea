/** The demo under load, as a client sees it. */
package dev.sallyport.benchmarks.wrk;
