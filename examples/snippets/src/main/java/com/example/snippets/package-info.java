/** The code of the documents, each method once. */
package com.example.snippets;
