/** Schemes by name: what a scheme's module provides, and how settings become a chain. */
@NullMarked
package dev.sallyport.scheme;

import org.jspecify.annotations.NullMarked;
