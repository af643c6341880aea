/**
 * Keys for signatures: as JWK and PEM (RFC 7517, 7518, 7468, 8037), in sets that rotate, and those
 * that other issuers publish.
 */
@NullMarked
package dev.sallyport.jwt.key;

import org.jspecify.annotations.NullMarked;
