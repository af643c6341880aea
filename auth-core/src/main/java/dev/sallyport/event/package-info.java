/** What happened, as typed events, and who listens. */
@NullMarked
package dev.sallyport.event;

import org.jspecify.annotations.NullMarked;
