/** docs/start.md. */
package com.example.start;
