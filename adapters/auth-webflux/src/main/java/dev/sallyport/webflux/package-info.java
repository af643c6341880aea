/** A filter for Spring WebFlux. */
@NullMarked
package dev.sallyport.webflux;

import org.jspecify.annotations.NullMarked;
