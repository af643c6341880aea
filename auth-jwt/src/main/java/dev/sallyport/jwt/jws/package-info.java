/**
 * Signed tokens in compact form (RFC 7515): how they are read and written, not what they must say.
 */
@NullMarked
package dev.sallyport.jwt.jws;

import org.jspecify.annotations.NullMarked;
