/** Logins that last: access tokens, and the families of refresh tokens that renew them. */
@NullMarked
package dev.sallyport.jwt.refresh;

import org.jspecify.annotations.NullMarked;
