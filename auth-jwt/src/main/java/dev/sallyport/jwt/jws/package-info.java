/** Signed bytes in compact form (RFC 7515), which know nothing of claims. */
@NullMarked
package dev.sallyport.jwt.jws;

import org.jspecify.annotations.NullMarked;
