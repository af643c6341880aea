/** What all runnable examples serve, whatever their host. */
@NullMarked
package dev.sallyport.site;

import org.jspecify.annotations.NullMarked;
