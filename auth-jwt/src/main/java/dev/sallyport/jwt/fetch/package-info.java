/** JSON documents of other hosts. */
@NullMarked
package dev.sallyport.jwt.fetch;

import org.jspecify.annotations.NullMarked;
