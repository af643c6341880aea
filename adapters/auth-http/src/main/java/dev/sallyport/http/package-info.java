/** JSON endpoints without a web framework, and the adapter for the JDK's HTTP server. */
@NullMarked
package dev.sallyport.http;

import org.jspecify.annotations.NullMarked;
