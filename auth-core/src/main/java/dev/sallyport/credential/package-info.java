/**
 * What every scheme that issues credentials does with the token store, whatever it issues: to add a
 * record, to find it with its user, to note its use, to list and to end it.
 */
@NullMarked
package dev.sallyport.credential;

import org.jspecify.annotations.NullMarked;
