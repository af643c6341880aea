/** A filter for servlet containers. */
@NullMarked
package dev.sallyport.servlet;

import org.jspecify.annotations.NullMarked;
