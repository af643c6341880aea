/** What annotations of a handler say about who may call it. */
@NullMarked
package com.example.annotations;

import org.jspecify.annotations.NullMarked;
