/** The first authentication of a process: how long it takes, and how many classes it loads. */
package dev.sallyport.benchmarks.cold;
