/** JSON Web Signatures and their keys. */
@NullMarked
package dev.sallyport.jwt;

import org.jspecify.annotations.NullMarked;
