/** A host to run and look at. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.demo {
  requires static org.jspecify;
  requires transitive dev.sallyport.site;
}
