// Shows one request's way through the chain, and the requests of before.

import {chain} from './calls.js';
import {byId, el, secret} from './dom.js';
import {OUTCOMES, outcome, reason, time} from './words.js';

const KEPT = 6;
const SECRETS = ['access_token', 'refresh_token', 'token', 'csrf_token'];
const records = [];
let shown = null;

export function add(record) {
  records.unshift(record);
  records.splice(KEPT);
  show(record);
}

function show(record) {
  shown = record;
  byId('history').replaceChildren(...records.map(item));
  byId('way').replaceChildren(...way(record));
}

function item(record) {
  const current = record === shown;
  return el('li', null, el('button', {
    type: 'button',
    class: `small ${record.ok ? 'yes' : 'no'}`,
    'aria-current': current ? 'true' : false,
    'aria-label': outcome(record),
    click: () => {
      show(record);
      byId('history').querySelector('[aria-current]').focus();
    },
  }, el('span', {class: 'path'}, record.path), ' ', String(record.status || '–')));
}

function way(record) {
  const trace = record.trace;
  const parts = [
    el('p', {class: 'request-line'},
      el('code', null, `${record.method} ${record.path}`), ' ',
      el('span', {class: `status ${record.ok ? 'yes' : 'no'}`}, String(record.status || 'no answer'))),
    el('p', {class: 'quiet'}, record.sent || 'no credentials'),
  ];
  if (!trace) {
    parts.push(el('p', null, 'No trace: the stream of this page was not open.'));
  } else {
    parts.push(steps(trace), decision(record));
    if (trace.challenges.length) {
      parts.push(el('h3', null, 'Challenges'), el('ul', {class: 'lines'},
        trace.challenges.map((line) => el('li', null, el('code', null, line)))));
    }
    if (trace.cookies.length) {
      parts.push(el('h3', null, 'Cookies set'), el('ul', {class: 'lines'}, trace.cookies.map(cookie)));
    }
  }
  if (record.body) {
    parts.push(el('h3', null, 'Body'), body(record.body));
  }
  return parts;
}

function steps(trace) {
  if (!trace.steps.length && !trace.events.some((event) => event.scheme === 'chain')) {
    return el('p', {class: 'quiet'},
      'The chain was not asked: this route needs no caller, or the credentials are in the body.');
  }
  const asked = trace.steps.map((step) => step.authenticator);
  const rest = chain.filter((name) => !asked.includes(name))
    .map((name) => ({authenticator: name, outcome: 'not_asked', reason: ''}));
  const longest = Math.max(1, ...trace.steps.map((step) => step.took_us));
  return el('ol', {class: 'steps', 'aria-label': 'Members of the chain, in order'},
    [...trace.steps, ...rest].map((step) => el('li', {class: step.outcome},
      el('span', {class: 'name'}, step.authenticator),
      el('span', {class: 'verdict'}, OUTCOMES[step.outcome]),
      el('span', {class: 'why'}, why(step)),
      took(step, longest))));
}

function why(step) {
  if (step.outcome === 'authenticated') {
    const scopes = step.scopes ? `, only for ${step.scopes.join(', ')}` : '';
    return `this is ${step.as}${scopes}`;
  }
  const meaning = reason(step.reason);
  return step.reason ? [el('code', null, step.reason), meaning && ` ${meaning}`] : [];
}

function took(step, longest) {
  if (step.took_us === undefined) {
    return el('span', {class: 'took'});
  }
  return el('span', {class: 'took'},
    el('meter', {min: 0, max: longest, value: step.took_us, 'aria-hidden': 'true'}), ' ', time(step.took_us));
}

function decision(record) {
  const {trace, status} = record;
  const yes = trace.steps.find((step) => step.outcome === 'authenticated');
  // A chain that refuses by itself says so in an event; no member did.
  const byMember = (event) => trace.steps.some((step) =>
    step.authenticator === event.scheme && step.outcome === 'rejected');
  const refused = trace.events.find((event) => event.event === 'AuthenticationFailed' && !byMember(event));
  const said = [];
  if (refused) {
    const meaning = reason(refused.reason);
    said.push(`${refused.scheme} refuses: `, el('code', null, refused.reason), meaning && `, ${meaning}`, '. ');
  }
  if (status === 503) {
    said.push('An outage is neither yes nor no, so nobody else is asked. ');
  } else if (yes && status === 403) {
    said.push(`${yes.as} is known, and may not do this. `);
  } else if (status === 401 && !refused && !trace.steps.some((step) => step.outcome === 'rejected')) {
    said.push('Nobody vouched for the request, and this route needs somebody. ');
  }
  if (status === 401 || status === 403) {
    said.push('The client is told only ', el('code', null, record.body?.code || '?'), '. ');
  }
  if (trace.retry_after) {
    said.push(`Try again in ${trace.retry_after} s. `);
  }
  return el('p', {class: `decision ${record.ok ? 'yes' : 'no'}`},
    el('strong', null, record.ok ? `Answered with ${status}. ` : `Refused with ${status}. `),
    said, el('span', {class: 'quiet'}, `All in all ${time(trace.took_us)}.`));
}

function cookie(one) {
  return el('li', null, el('code', null, `${one.name}=`),
    el('span', {class: 'quiet'}, one.expired ? ' forgotten ' : ' value hidden '),
    el('code', null, one.attributes.join('; ')));
}

// A body as JSON, in which what is issued is masked.
function body(fields) {
  const lines = Object.entries(fields).map(([name, value], i, all) => {
    const shownValue = SECRETS.includes(name) && value ? secret(value, name) : json(value);
    return el('span', {class: 'line'}, `  "${name}": `, shownValue, i + 1 < all.length ? ',\n' : '\n');
  });
  return el('pre', {class: 'body', tabindex: '0', 'aria-label': 'Body of the answer'}, '{\n', lines, '}');
}

function json(value) {
  return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}

export function event(fields) {
  const {event: name, at, ...others} = fields;
  const log = byId('events');
  const row = el('li', {class: name},
    el('time', {datetime: at}, new Date(at).toLocaleTimeString()), ' ', el('strong', null, name), ' ',
    Object.entries(others).map(([key, value]) =>
      el('span', {class: 'field'}, el('span', {class: 'quiet'}, `${key} `), short(value), ' ')));
  log.prepend(row);
  while (log.children.length > 100) {
    log.lastElementChild.remove();
  }
}

// Ids of users are long; their beginning is enough to tell two apart.
function short(value) {
  return String(value).replace(/^([0-9a-f]{8})-[0-9a-f-]{27}$/, '$1…');
}
