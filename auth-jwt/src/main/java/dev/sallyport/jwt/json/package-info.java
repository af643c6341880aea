/** JSON in and out, strictly. */
@NullMarked
package dev.sallyport.jwt.json;

import org.jspecify.annotations.NullMarked;
