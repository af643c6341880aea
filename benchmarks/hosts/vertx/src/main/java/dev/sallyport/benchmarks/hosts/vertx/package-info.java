/** A host on Vert.x Web, bare or behind our adapter. */
package dev.sallyport.benchmarks.hosts.vertx;
