/** What a session takes in memory: ours, Spring Session's and Shiro's. */
package dev.sallyport.benchmarks.memory;
