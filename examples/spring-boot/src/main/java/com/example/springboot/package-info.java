/** The site on Spring Boot, beside pages in HTML with notes and their administration. */
@NullMarked
package com.example.springboot;

import org.jspecify.annotations.NullMarked;
