/** Sessions in Redis, alone and as a Cluster: ours, Spring Session's, and the bare reads. */
package dev.sallyport.benchmarks.redis;
