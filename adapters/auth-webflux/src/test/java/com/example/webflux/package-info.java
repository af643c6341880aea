@NullMarked
package com.example.webflux;

import org.jspecify.annotations.NullMarked;
