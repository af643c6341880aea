/** What the examples serve, as servlets behind the filter. */
@NullMarked
package com.example.servlets;

import org.jspecify.annotations.NullMarked;
