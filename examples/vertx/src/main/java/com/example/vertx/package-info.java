/** The site on Vert.x. */
@NullMarked
package com.example.vertx;

import org.jspecify.annotations.NullMarked;
