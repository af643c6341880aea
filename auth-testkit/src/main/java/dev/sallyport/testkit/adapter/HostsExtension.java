package dev.sallyport.testkit.adapter;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a contract the hosts of their class, and stops them behind the last test. */
final class HostsExtension implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(HostsExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Hosts.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    AdapterContract contract = (AdapterContract) test.getRequiredTestInstance();
    ExtensionContext owner = test;
    while (owner.getTestMethod().isPresent()) {
      owner = owner.getParent().orElseThrow();
    }
    return owner
        .getStore(OURS)
        .computeIfAbsent(Hosts.class, type -> new Hosts(contract), Hosts.class);
  }
}
