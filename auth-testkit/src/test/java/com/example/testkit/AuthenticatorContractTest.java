package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.testkit.AuthenticatorContract;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract against an authenticator that keeps it, and against some that break it. */
class AuthenticatorContractTest {
  private static final String KEY = "k3y-of-alice-0123456789";

  private static Events run(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(contract))
        .execute()
        .testEvents();
  }

  private static List<String> failures(Class<?> contract) {
    return run(contract).failed().stream()
        .map(event -> event.getTestDescriptor().getLegacyReportingName())
        .map(name -> name.replaceAll("\\(.*", ""))
        .toList();
  }

  @Test
  @DisplayName("ST-5 an authenticator that keeps the contract passes all of it")
  void good() {
    Events events = run(Good.class);
    events.assertStatistics(stats -> stats.started(11).succeeded(11).failed(0).skipped(0));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(ThrowsOnMalformed.class, "survivesMalformedInput"),
        Arguments.of(AcceptsPrefixes.class, "survivesMalformedInput"),
        Arguments.of(AcceptsLastCharacter.class, "survivesMalformedInput"),
        Arguments.of(ReturnsNull.class, "survivesMalformedInput"),
        Arguments.of(ShowsSecret.class, "hidesTheSecret"),
        Arguments.of(TakesPlainHttp.class, "refusesPlainHttp"),
        Arguments.of(IgnoresPlainHttp.class, "refusesPlainHttp"),
        Arguments.of(AcceptsTwoValues.class, "refusesTwoValues"),
        Arguments.of(AcceptsNull.class, "refusesNull"),
        Arguments.of(RejectsStrangers.class, "leavesRequestsWithoutCredentials"),
        Arguments.of(Nameless.class, "hasNameAndChallenges"),
        Arguments.of(DeclaresNothing.class, "declaresItsAuthSchemes"),
        Arguments.of(PlansNothing.class, "plansWhatItReturns"),
        Arguments.of(Forgetful.class, "authenticatesGoodCredentials"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  @DisplayName("ST-5 an authenticator that breaks the contract fails the method that says so")
  void broken(Class<?> contract, String method) {
    assertThat(failures(contract)).contains(method);
    if (contract != Forgetful.class) {
      assertThat(failures(contract)).as("and no other").containsExactly(method);
    }
  }

  /** A key in a header field of its own, checked as it should be. */
  static class KeyAuthenticator implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      List<String> values = request.headers("X-Key");
      if (values.isEmpty()) {
        return NotAttempted.NO_CREDENTIALS;
      }
      if (!request.isSecure()) {
        return Rejected.of(name(), Reason.INSECURE_TRANSPORT);
      }
      return values.size() == 1 ? check(values.get(0)) : Rejected.of(name(), Reason.MALFORMED);
    }

    AuthResult check(String value) {
      return value.equals(KEY) ? alice() : Rejected.of(name(), Reason.MALFORMED);
    }

    AuthResult alice() {
      return Authenticated.builder(new Principal("1", "alice", Set.of()), name()).build();
    }

    @Override
    public String name() {
      return "key";
    }

    @Override
    public Set<String> authSchemes() {
      return Set.of("Key");
    }

    @Override
    public List<Challenge> challenges(AuthRequest request) {
      return List.of(Challenge.of("Key", "api"));
    }
  }

  static class Good implements AuthenticatorContract {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator();
    }

    @Override
    public String headerName() {
      return "X-Key";
    }

    @Override
    public String goodValue() {
      return KEY;
    }

    @Override
    public String secret() {
      return KEY;
    }
  }

  static class ThrowsOnMalformed extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        AuthResult check(String value) {
          if (value.contains("\0")) {
            throw new IllegalArgumentException("NUL");
          }
          return super.check(value);
        }
      };
    }
  }

  static class DeclaresNothing extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public Set<String> authSchemes() {
          return Set.of();
        }
      };
    }
  }

  static class AcceptsPrefixes extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        AuthResult check(String value) {
          return KEY.startsWith(value) ? alice() : super.check(value);
        }
      };
    }
  }

  static class AcceptsLastCharacter extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        AuthResult check(String value) {
          boolean same =
              value.length() == KEY.length()
                  && value.startsWith(KEY.substring(0, KEY.length() - 1));
          return same ? alice() : super.check(value);
        }
      };
    }
  }

  static class ReturnsNull extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        AuthResult check(String value) {
          return value.isEmpty() ? null : super.check(value);
        }
      };
    }
  }

  static class ShowsSecret extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public String toString() {
          return "KeyAuthenticator[" + KEY + "]";
        }
      };
    }
  }

  static class TakesPlainHttp extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
          return request.isSecure() ? super.authenticate(request) : alice();
        }
      };
    }
  }

  static class IgnoresPlainHttp extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
          return request.isSecure() ? super.authenticate(request) : NotAttempted.NO_CREDENTIALS;
        }
      };
    }
  }

  static class AcceptsTwoValues extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
          List<String> values = request.headers("X-Key");
          return values.size() == 2 ? check(values.get(1)) : super.authenticate(request);
        }
      };
    }
  }

  static class AcceptsNull extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
          return request == null ? NotAttempted.NO_CREDENTIALS : super.authenticate(request);
        }
      };
    }
  }

  static class RejectsStrangers extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public AuthResult authenticate(AuthRequest request) {
          return request.headers("X-Key").isEmpty()
              ? Rejected.of(name(), Reason.MALFORMED)
              : super.authenticate(request);
        }
      };
    }
  }

  static class Nameless extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public String name() {
          return " ";
        }
      };
    }
  }

  static class PlansNothing extends Good {
    @Override
    public Authenticator authenticator() {
      return new KeyAuthenticator() {
        @Override
        public Plan<AuthResult> plan(AuthRequest request) {
          return Plan.done(NotAttempted.NO_CREDENTIALS);
        }
      };
    }
  }

  static class Forgetful extends Good {
    @Override
    public Authenticator authenticator() {
      return request -> {
        request.method();
        return NotAttempted.NO_CREDENTIALS;
      };
    }
  }
}
