/** The site on Jetty. */
@NullMarked
package com.example.jetty;

import org.jspecify.annotations.NullMarked;
