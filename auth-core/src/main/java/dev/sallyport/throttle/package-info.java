/** Throttling of password checks: what is counted, and where the counts are kept. */
@NullMarked
package dev.sallyport.throttle;

import org.jspecify.annotations.NullMarked;
