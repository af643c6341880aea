// Takes a JWT apart, in this browser. Nothing here sends anything.

import {el, secret} from './dom.js';

function bytes(part) {
  return Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

function json(part) {
  return JSON.parse(new TextDecoder().decode(bytes(part)));
}

const TIMES = ['exp', 'iat', 'nbf', 'auth_time'];

function claims(fields) {
  return el('dl', {class: 'claims'}, Object.entries(fields).map(([name, value]) => el('div', null,
    el('dt', null, name),
    el('dd', null, el('code', null, JSON.stringify(value)),
      TIMES.includes(name) ? ` ${new Date(value * 1000).toLocaleTimeString()}` : ''))));
}

// The three parts of a token, with what each holds.
export function decoded(token) {
  const [header, payload, signature] = token.split('.');
  return [
    el('p', null, secret(token, 'the access token')),
    el('div', {class: 'jwt'},
      el('section', {class: 'jwt-header'}, el('h4', null, 'Header'), claims(json(header))),
      el('section', {class: 'jwt-payload'}, el('h4', null, 'Claims'), claims(json(payload))),
      el('section', {class: 'jwt-signature'}, el('h4', null, 'Signature'),
        el('p', null, `${bytes(signature).length} bytes over the two parts before it. Anybody can read a JWT; nobody
          can change it.`))),
  ];
}
