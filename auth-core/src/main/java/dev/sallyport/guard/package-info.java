/** From a result to a response: permissions, problem bodies and the guard. */
@NullMarked
package dev.sallyport.guard;

import org.jspecify.annotations.NullMarked;
