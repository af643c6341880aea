/** A host to run and look at. */
@NullMarked
package dev.sallyport.demo;

import org.jspecify.annotations.NullMarked;
