/** What each library weighs, alone and with what it needs. */
package dev.sallyport.benchmarks.weight;
