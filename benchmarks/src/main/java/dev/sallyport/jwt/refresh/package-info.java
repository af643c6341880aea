/** The door to what no host sees, so that it can be measured by itself. */
package dev.sallyport.jwt.refresh;
