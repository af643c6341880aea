/** The time of one authentication where there is one of a thing, a thousand, and a million. */
package dev.sallyport.benchmarks.growth;
