/** Sessions in PostgreSQL: ours, Spring Session's, and the bare statement. */
package dev.sallyport.benchmarks.jdbc;
