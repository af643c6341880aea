/** Fixtures, assertions and contract tests, for hosts and for authors of extensions. */
@NullMarked
package dev.sallyport.testkit;

import org.jspecify.annotations.NullMarked;
