/** Applications of Spring Boot that the starter secures. */
@NullMarked
package com.example.spring;

import org.jspecify.annotations.NullMarked;
