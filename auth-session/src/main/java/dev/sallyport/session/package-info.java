/** The Session scheme: a random id in a cookie, and what begins and ends sessions. */
@NullMarked
package dev.sallyport.session;

import org.jspecify.annotations.NullMarked;
