/** Carries plans out on hosts whose threads must not block. */
@NullMarked
package dev.sallyport.lane;

import org.jspecify.annotations.NullMarked;
