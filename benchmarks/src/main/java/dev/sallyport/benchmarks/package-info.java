/** What the schemes cost, against the least that the work needs. */
package dev.sallyport.benchmarks;
