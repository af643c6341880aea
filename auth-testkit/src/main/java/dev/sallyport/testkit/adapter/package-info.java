/** The contract of an adapter: tests that ask a running host over real sockets. */
@NullMarked
package dev.sallyport.testkit.adapter;

import org.jspecify.annotations.NullMarked;
