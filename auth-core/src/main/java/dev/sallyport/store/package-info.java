/** Who the users are: the store interfaces that a host can implement. */
@NullMarked
package dev.sallyport.store;

import org.jspecify.annotations.NullMarked;
