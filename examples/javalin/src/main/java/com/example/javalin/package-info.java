/** The site on Javalin. */
@NullMarked
package com.example.javalin;

import org.jspecify.annotations.NullMarked;
