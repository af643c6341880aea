/** A route handler for Vert.x Web. */
@NullMarked
package dev.sallyport.vertx;

import org.jspecify.annotations.NullMarked;
