/** Claims (RFC 7519): what a token must say, and what a verified one says. */
@NullMarked
package dev.sallyport.jwt.token;

import org.jspecify.annotations.NullMarked;
