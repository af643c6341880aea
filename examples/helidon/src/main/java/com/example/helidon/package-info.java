/** A Helidon SE server behind a guard. */
@NullMarked
package com.example.helidon;

import org.jspecify.annotations.NullMarked;
