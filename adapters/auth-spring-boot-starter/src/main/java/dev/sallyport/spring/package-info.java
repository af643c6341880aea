/** Authentication for Spring Boot on Spring MVC. */
@NullMarked
package dev.sallyport.spring;

import org.jspecify.annotations.NullMarked;
