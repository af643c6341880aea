/** An adapter for Undertow: the code of docs/adapter.md. */
@org.jspecify.annotations.NullMarked
package com.example.undertow;
