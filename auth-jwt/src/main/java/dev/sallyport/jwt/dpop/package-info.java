/** Proofs that the sender of a request holds a key (DPoP, RFC 9449). */
@NullMarked
package dev.sallyport.jwt.dpop;

import org.jspecify.annotations.NullMarked;
