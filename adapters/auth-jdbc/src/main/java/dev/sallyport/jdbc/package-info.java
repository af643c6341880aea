/** The stores of this library in a host's own database, over its own pool of connections. */
@NullMarked
package dev.sallyport.jdbc;

import org.jspecify.annotations.NullMarked;
