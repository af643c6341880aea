/** A host on Spring WebFlux on Reactor Netty, bare or behind our adapter. */
package dev.sallyport.benchmarks.hosts.webflux;
