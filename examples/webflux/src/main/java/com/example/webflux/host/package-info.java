/** The site on Spring WebFlux. */
@NullMarked
package com.example.webflux.host;

import org.jspecify.annotations.NullMarked;
