/** Accounts in plain Java, without HTTP. */
@NullMarked
package dev.sallyport.account;

import org.jspecify.annotations.NullMarked;
