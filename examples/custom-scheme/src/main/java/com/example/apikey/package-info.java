/** API keys in the field {@code X-Api-Key}. */
@NullMarked
package com.example.apikey;

import org.jspecify.annotations.NullMarked;
