/** The Basic scheme (RFC 7617): username and password in every request. */
@NullMarked
package dev.sallyport.basic;

import org.jspecify.annotations.NullMarked;
