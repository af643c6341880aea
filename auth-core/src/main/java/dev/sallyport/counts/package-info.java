/** Where counts of failed attempts are kept. */
@NullMarked
package dev.sallyport.counts;

import org.jspecify.annotations.NullMarked;
