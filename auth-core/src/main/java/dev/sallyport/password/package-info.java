/** Passwords: formats, policy, and the one place where they are checked. */
@NullMarked
package dev.sallyport.password;

import org.jspecify.annotations.NullMarked;
