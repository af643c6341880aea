/** JAX-RS resources behind a guard. */
@NullMarked
package com.example.jaxrs;

import org.jspecify.annotations.NullMarked;
