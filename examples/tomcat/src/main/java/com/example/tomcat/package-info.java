/** The site on Tomcat. */
@NullMarked
package com.example.tomcat;

import org.jspecify.annotations.NullMarked;
