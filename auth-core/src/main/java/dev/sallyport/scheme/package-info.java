/**
 * Schemes and stores by name: what a scheme's or a store's module provides, and how settings become
 * a chain.
 */
@NullMarked
package dev.sallyport.scheme;

import org.jspecify.annotations.NullMarked;
