// What each button of the page does.

import {call, eachCall, listen} from './calls.js';
import {byId, say} from './dom.js';
import * as family from './family.js';
import {SCHEMES, basic, held, hold, user, value, wrong} from './held.js';
import {list} from './lists.js';
import {waitFor} from './waits.js';
import {add, event} from './way.js';
import {outcome} from './words.js';

const begin = {
  async basic() {
    const fields = user();
    const me = await call('GET', '/auth/me', {
      authorization: [basic(fields.username, fields.password)], cookie: false, sent: 'Basic',
    });
    hold('basic', me.ok ? fields : null);
    return me;
  },
  async session() {
    const login = await call('POST', '/auth/login', {fields: user(), sent: 'username and password in the body'});
    if (login.ok) {
      hold('session', {username: login.body.username, id: login.body.session.id});
    }
    return login;
  },
  async token() {
    const scope = byId('token-scope').value;
    const fields = {...user(), label: 'the page'};
    const token = await call('POST', '/auth/tokens', {
      fields: scope ? {...fields, scopes: [scope]} : fields, cookie: false, sent: 'username and password in the body',
    });
    if (token.ok) {
      hold('token', token.body);
    }
    return token;
  },
  async jwt() {
    const pair = await call('POST', '/auth/jwt', {
      fields: user(), cookie: false, sent: 'username and password in the body',
    });
    if (pair.ok) {
      hold('jwt', pair.body);
      family.begin(pair.body);
    }
    return pair;
  },
};

const finish = {
  async basic() {
    hold('basic', null);
  },
  async session() {
    const logout = await call('POST', '/auth/logout', {sent: 'session cookie'});
    if (logout.ok) {
      hold('session', null);
    }
    return logout;
  },
  async token() {
    const revoked = await call('DELETE', `/auth/tokens/${held.token.id}`, {
      authorization: [value.token()], cookie: false, sent: 'Token',
    });
    if (revoked.ok || revoked.status === 401) {
      hold('token', null);
    }
    return revoked;
  },
  async jwt() {
    const revoked = await call('POST', '/auth/jwt/revoke', {
      fields: {refresh_token: held.jwt.refresh_token}, cookie: false, sent: 'the refresh token in the body',
    });
    if (revoked.ok) {
      hold('jwt', null);
      family.end();
    }
    return revoked;
  },
};

// What a button does; it waits for one work to be done before the next.
function on(id, name, work) {
  byId(id).addEventListener(name, async (press) => {
    press.preventDefault();
    const button = press.submitter || byId(id);
    if (document.body.dataset.busy) {
      return;
    }
    document.body.dataset.busy = 'yes';
    try {
      const record = await work(button);
      if (record) {
        say(outcome(record));
      }
    } catch (error) {
      say(error.message);
    } finally {
      delete document.body.dataset.busy;
    }
  });
}

for (const scheme of SCHEMES) {
  on(`${scheme}-begin`, 'click', begin[scheme]);
  on(`${scheme}-end`, 'click', finish[scheme]);
}
on('user', 'submit', () => call('POST', '/auth/register', {
  fields: user(), cookie: false, sent: 'username and password in the body',
}));
on('log-in-all', 'click', async () => {
  let record = null;
  for (const scheme of SCHEMES) {
    record = await begin[scheme]();
    if (!record.ok) {
      return record;
    }
  }
  say('Logged in by all four. Send a request with any of them.');
  return null;
});
on('guess', 'click', () => {
  if (!byId('username').reportValidity()) {
    throw new Error('Enter a username.');
  }
  return call('POST', '/auth/login', {
    fields: {username: byId('username').value, password: 'a-wrong-password'}, cookie: false,
    sent: 'username and a wrong password in the body',
  });
});

function carried() {
  const authorization = [];
  const sent = byId('with-session').checked ? ['cookies'] : [];
  for (const scheme of ['basic', 'token', 'jwt']) {
    const kind = byId(`with-${scheme}`).value;
    const credentials = kind === 'right' ? value[scheme]() : kind === 'wrong' && wrong[scheme]();
    if (credentials) {
      authorization.push(credentials);
      sent.push(`Authorization: ${credentials.split(' ')[0]} ${kind === 'right' ? '••••' : 'wrong'}`);
    }
  }
  return {authorization, cookie: byId('with-session').checked, sent: sent.join(', ')};
}

on('request', 'submit', async () => {
  const [method, path] = byId('route').value.split(' ');
  const fields = path.endsWith('notes') ? {text: 'buy eggs'} : undefined;
  const credentials = carried();
  const record = await call(method, path, {...credentials, fields});
  if (path === '/auth/logout' && record.ok) {
    credentials.cookie && hold('session', null);
    byId('with-token').value === 'right' && hold('token', null);
    if (byId('with-jwt').value === 'right') {
      family.end();
      hold('jwt', null);
    }
  }
  return record;
});

on('refresh', 'click', () => family.refresh());
on('replay', 'click', () => family.replay());
on('steal', 'click', () => family.steal());
family.onPair((pair) => hold('jwt', pair));

function listing() {
  const scheme = byId('list-with').value;
  return scheme === 'session' ? {cookie: true, sent: 'session cookie'}
    : {cookie: false, authorization: [value[scheme]()].filter(Boolean), sent: scheme};
}

async function showList() {
  const done = await list(listing(), async (one, ended) => {
    if (ended && one.id === held.token?.id) {
      hold('token', null);
    }
    await showList();
  });
  byId('listed').querySelector('button')?.focus({preventScroll: true});
  return done;
}

on('lists', 'submit', async () => {
  say(await showList() ? 'Listed.' : 'These credentials can’t list anything now.');
});

// Each call is shown; some tell what has become of what the page holds.
eachCall((record) => {
  add(record);
  const stale = record.trace?.steps.find((step) => step.authenticator === 'session' && step.outcome === 'stale');
  if (stale) {
    hold('session', null, 'The browser still sends a cookie, which is worthless now.');
  }
  if (record.status === 429) {
    const throttled = record.trace?.events.find((one) => one.event === 'Throttled');
    waitFor(throttled?.subject || 'This address', record.retryAfter);
  }
});

const STATES = {
  connecting: 'Connecting',
  open: 'Traces are on',
  closed: 'No traces: the demo doesn’t answer',
  displaced: 'No traces: too many pages are open. Reload this one',
};

listen({
  state(name) {
    byId('link-state').textContent = STATES[name];
    byId('link-state').dataset.state = name;
    if (name === 'open') {
      recognise();
    }
  },
  events: (events) => events.forEach(event),
});

// A cookie of before, which the page can't see, is still the browser's.
async function recognise() {
  if (!held.session) {
    const me = await call('GET', '/auth/me', {sent: 'cookies, if the browser has any'});
    if (me.ok && me.body.scheme === 'session') {
      hold('session', {username: me.body.username});
    }
  }
}

SCHEMES.forEach((scheme) => hold(scheme, null));
