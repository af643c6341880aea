/**
 * The JWT scheme: tokens of our own, and those of other issuers, in requests. The rooms below know
 * only those before them: {@code json}, {@code fetch}, {@link dev.sallyport.jwt.key}, {@code jws},
 * {@link dev.sallyport.jwt.token}, {@link dev.sallyport.jwt.dpop}, {@link
 * dev.sallyport.jwt.refresh}.
 */
@NullMarked
package dev.sallyport.jwt;

import org.jspecify.annotations.NullMarked;
