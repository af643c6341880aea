/** One command that runs all benchmarks and lays ours, the peers and the floor side by side. */
package dev.sallyport.benchmarks.compare;
