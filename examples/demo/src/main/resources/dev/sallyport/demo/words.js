// What names in a trace mean, for somebody who sees them for the first time.

export const OUTCOMES = {
  not_attempted: 'passed',
  stale: 'passed',
  authenticated: 'said yes',
  rejected: 'said no',
  outage: 'no answer',
  logout: 'ends',
  not_asked: 'not asked',
};

const REASONS = {
  no_credentials: 'nothing for it in this request',
  other_scheme: 'the credentials are of another scheme',
  other_format: 'a Bearer token, but not of its form',
  malformed: 'the credentials are not well-formed',
  unknown_user: 'there is no such user',
  wrong_password: 'the password is wrong',
  user_deactivated: 'the user is deactivated',
  throttled: 'too many have failed: no check until the wait is over',
  unknown_or_expired: 'the store knows no such id: ended, expired or made up',
  old_epoch: 'the password has changed, or all were logged out',
  ended_meanwhile: 'it ended while the request ran',
  malformed_cookie: 'the cookie is not well-formed',
  several_cookies: 'several cookies of one name: one may be planted',
  binding_mismatch: 'another client than it was made for',
  several_credentials: 'two sets of credentials: their order must not decide',
  oversized: 'the field is too long to be looked at',
  unclaimed_token: 'a token that no member took as its own',
  unclaimed_credentials: 'credentials that no member took as their own',
  cross_site: 'another site’s page may have sent it',
  origin_missing: 'it doesn’t say where it comes from',
  insecure_transport: 'credentials over plain HTTP',
  store_unavailable: 'a store could not answer',
  family_ended: 'its login has ended',
  bad_signature: 'the signature is wrong',
  expired: 'its time is over',
  reused: 'this refresh token was exchanged before',
};

export function reason(name) {
  return REASONS[name] || '';
}

export function time(microseconds) {
  return microseconds < 1000 ? `${microseconds} µs` : `${(microseconds / 1000).toFixed(1)} ms`;
}

// What a record of a call comes to, in one sentence.
export function outcome(record) {
  const what = `${record.method} ${record.path}: ${record.status || 'no answer'}`;
  const yes = record.trace?.steps.find((step) => step.outcome === 'authenticated');
  if (!record.ok) {
    return `${what} ${record.body?.code || ''}`;
  }
  return yes ? `${what}, ${yes.authenticator} vouched for ${yes.as}` : what;
}
