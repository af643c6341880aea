/**
 * JWTs, in layers that each know only the ones before them:
 *
 * <ol>
 *   <li>bytes and keys: {@link dev.sallyport.jwt.JwsVerifier}, {@link dev.sallyport.jwt.JwsSigner},
 *       {@link dev.sallyport.jwt.VerificationKeys}; they sign any bytes and know nothing of claims
 *   <li>claims and policy: {@link dev.sallyport.jwt.JwtVerifier}, {@link
 *       dev.sallyport.jwt.JwtIssuer}
 *   <li>long-lived logins: {@link dev.sallyport.jwt.RefreshFamilies}
 *   <li>requests: {@link dev.sallyport.jwt.JwtAuthenticator}
 * </ol>
 */
@NullMarked
package dev.sallyport.jwt;

import org.jspecify.annotations.NullMarked;
