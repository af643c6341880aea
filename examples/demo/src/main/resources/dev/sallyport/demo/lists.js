// The sessions and tokens of a user, which can be ended from afar.

import {call} from './calls.js';
import {byId, el, say} from './dom.js';

function date(text) {
  return text ? new Date(text).toLocaleString([], {dateStyle: 'short', timeStyle: 'short'}) : 'never';
}

// Lists both with some credentials, which also end what somebody picks.
export async function list(credentials, after) {
  const sessions = await call('GET', '/auth/sessions', credentials);
  const tokens = sessions.ok && await call('GET', '/auth/tokens', credentials);
  if (!sessions.ok || !tokens.ok) {
    byId('listed').replaceChildren(el('p', {class: 'quiet'}, 'These credentials can’t list anything now.'));
    return false;
  }
  const rows = [
    ...sessions.body.sessions.map((one) => ({...one, what: one.kind, path: `/auth/sessions/${one.id}`})),
    ...tokens.body.tokens.map((one) => ({...one, what: 'token', path: `/auth/tokens/${one.id}`})),
  ];
  byId('listed').replaceChildren(rows.length ? table(rows, credentials, after)
    : el('p', {class: 'quiet'}, 'There are none.'));
  return true;
}

function table(rows, credentials, after) {
  const head = ['Kind', 'Of', 'Since', 'Ends', ''].map((text) =>
    text ? el('th', {scope: 'col'}, text) : el('td', null, el('span', {class: 'unseen'}, 'Action')));
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The list'},
    el('table', null, el('thead', null, el('tr', null, head)),
      el('tbody', null, rows.map((one) => row(one, credentials, after)))));
}

function row(one, credentials, after) {
  const client = one.label || browser(one.client);
  return el('tr', null,
    el('th', {scope: 'row'}, one.what),
    el('td', null, client, one.current ? el('span', {class: 'quiet'}, ' this one') : ''),
    el('td', null, date(one.created_at)),
    el('td', null, date(one.expires_at)),
    el('td', null, el('button', {
      type: 'button',
      class: 'small',
      click: async () => {
        const ended = await call('DELETE', one.path, credentials);
        await after(one, ended.ok);
        say(ended.ok ? `The ${one.what} has ended.` : `It can’t be ended: ${ended.status}.`);
      },
    }, 'End', el('span', {class: 'unseen'}, ` the ${one.what} ${client} of ${date(one.created_at)}`))));
}

// What a browser calls itself is long, and the store keeps its beginning only.
function browser(client) {
  return /\(([^)]*)\)/.exec(client)?.[1] || client.trim() || 'unknown';
}
