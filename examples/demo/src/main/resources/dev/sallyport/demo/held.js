// What has been issued to this page, and what it sends of it. It is in these variables alone, and ends with the page.

import {byId, el, secret} from './dom.js';
import {decoded} from './jwt.js';

export const held = {basic: null, session: null, token: null, jwt: null};
export const SCHEMES = ['basic', 'session', 'token', 'jwt'];

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

export function basic(name, password) {
  return `Basic ${base64(`${name}:${password}`)}`;
}

export const value = {
  basic: () => held.basic && basic(held.basic.username, held.basic.password),
  token: () => held.token && `Token ${held.token.token}`,
  jwt: () => held.jwt && `Bearer ${held.jwt.access_token}`,
};

// Well-formed as far as possible, so that it's refused for what it is and not for its form.
export const wrong = {
  basic: () => basic(byId('username').value || 'nobody', 'a-wrong-password'),
  token: () => `Token ${spoiled(held.token?.token || 'sally_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA000000', 8)}`,
  jwt: () => `Bearer ${spoiled(held.jwt?.access_token || 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA', -4)}`,
};

function spoiled(text, at) {
  const i = at < 0 ? text.length + at : at;
  return text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1);
}

export function user() {
  const fields = {username: byId('username').value, password: byId('password').value};
  if (!byId('user').reportValidity()) {
    throw new Error('Enter a username and a password.');
  }
  return fields;
}

const HELD = {
  basic: (one) => `Name and password of ${one.username}, in this page’s memory.`,
  session: (one) => `A cookie of ${one.username}, which no script can read.`,
  token: (one) => ['Shown once: ', secret(one.token, 'the token')],
  jwt: (one) => ['Refresh token: ', secret(one.refresh_token, 'the refresh token')],
};

const NONE = {basic: 'Not in use.', session: 'No session.', token: 'No token.', jwt: 'No tokens.'};

export function hold(scheme, what, instead = NONE[scheme]) {
  held[scheme] = what;
  byId(`${scheme}-held`).replaceChildren(...[what ? HELD[scheme](what) : instead].flat());
  byId(`${scheme}-end`).disabled = !what;
  const right = byId(`with-${scheme}`)?.querySelector?.('[value=right]');
  if (right) {
    right.disabled = !what;
    if (!what && byId(`with-${scheme}`).value === 'right') {
      byId(`with-${scheme}`).value = '';
    }
  }
  if (scheme === 'jwt') {
    byId('decoded').replaceChildren(...(what ? decoded(what.access_token)
      : [el('p', {class: 'quiet'}, 'Get a pair of JWTs first.')]));
  }
}
