/** JWT: what it costs here, with the peers, and at least. */
package dev.sallyport.benchmarks.jwt;
