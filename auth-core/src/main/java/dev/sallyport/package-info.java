/** The vocabulary of authentication: request, result, challenge, authenticator and chain. */
@NullMarked
package dev.sallyport;

import org.jspecify.annotations.NullMarked;
