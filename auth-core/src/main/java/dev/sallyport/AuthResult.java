package dev.sallyport;

/**
 * What an {@link Authenticator} says about a request. Absent and wrong credentials differ: {@link
 * NotAttempted} lets the next scheme look, {@link Rejected} ends the search.
 *
 * <pre>{@code
 * AuthResult result = chain.authenticate(request);
 * if (result instanceof Authenticated who) {
 *   return "Hello, " + who.principal().name();
 * }
 * }</pre>
 */
public sealed interface AuthResult permits Authenticated, NotAttempted, Rejected {}
