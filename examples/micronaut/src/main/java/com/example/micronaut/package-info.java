/** Micronaut's HTTP server behind a guard. */
@NullMarked
package com.example.micronaut;

import org.jspecify.annotations.NullMarked;
