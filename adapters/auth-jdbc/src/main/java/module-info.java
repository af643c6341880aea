/** The stores in a database: PostgreSQL, MariaDB, H2. */
@org.jspecify.annotations.NullMarked
module dev.sallyport.jdbc {
  requires static org.jspecify;
  requires transitive dev.sallyport.core;
  requires transitive java.sql;

  exports dev.sallyport.jdbc;
}
