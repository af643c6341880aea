/** The Session scheme: begins and ends sessions, and accepts their random ids from a cookie. */
@NullMarked
package dev.sallyport.session;

import org.jspecify.annotations.NullMarked;
