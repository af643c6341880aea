/** The Token scheme: opaque tokens with a label, scopes and an expiry time. */
@NullMarked
package dev.sallyport.token;

import org.jspecify.annotations.NullMarked;
