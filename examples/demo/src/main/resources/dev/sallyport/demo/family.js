// The generations of a family of refresh tokens as a picture: your line above, a thief's below.

import {call} from './calls.js';
import {byId, el, say, svg} from './dom.js';

const STEP = 76;
const LANES = {you: 50, thief: 138};
const SHOWN = 9;
const TOLD = 6;

let moves = [];
let tokens = {};
let ended = false;
let changed = () => {};

export function onPair(work) {
  changed = work;
}

export function begin(pair) {
  const first = {generation: 0, text: pair.refresh_token};
  moves = [{who: 'you', kind: 'start', to: 0}];
  tokens = {you: [first], thief: []};
  ended = false;
  byId('story').replaceChildren();
  tell('You log in: generation 0.');
  draw();
}

export function end() {
  if (moves.length && !ended) {
    ended = true;
    tell('The family has ended.');
  }
  draw();
}

export function current() {
  return ended || !moves.length ? undefined : tokens.you.at(-1).text;
}

// Presents a token of somebody's; they hold the successor afterwards, or the family has ended.
async function present(who, token, sent) {
  const record = await call('POST', '/auth/jwt/refresh', {fields: {refresh_token: token.text}, cookie: false, sent});
  if (record.ok) {
    const to = token.generation + 1;
    const repeated = tokens[who].some((one) => one.generation === to);
    if (!repeated) {
      tokens[who].push({generation: to, text: record.body.refresh_token});
    }
    moves.push({who, kind: repeated ? 'repeat' : 'refresh', from: token.generation, to});
    if (who === 'you') {
      changed(record.body);
    }
  } else if (record.status === 401) {
    moves.push({who, kind: 'reuse', from: token.generation});
    ended = true;
    changed(null);
  }
  return record;
}

export async function refresh() {
  const token = tokens.you.at(-1);
  const {ok, status} = await present('you', token, `your refresh token, generation ${token.generation}`);
  tell(ok ? `You present generation ${token.generation} and get ${token.generation + 1}.`
    : status === 401 ? `You present generation ${token.generation}, which the thief has used: somebody has a copy.
      The family ends, and the thief’s tokens with it.`
      : `Generation ${token.generation} could not be exchanged: ${status}. It is as good as before.`);
  draw();
}

export async function replay() {
  const token = tokens.you.at(-2);
  const {ok, status} = await present('you', token, `a used refresh token, generation ${token.generation}`);
  tell(ok ? `You present generation ${token.generation} again, as if the reply was lost: within ten seconds the same
      successor comes back, ${token.generation + 1}.`
    : status === 401 ? `You present generation ${token.generation} again, too late: this counts as theft, and the
      family ends.`
      : `Generation ${token.generation} could not be presented: ${status}.`);
  draw();
}

// A thief copies what you hold, and uses it twice.
export async function steal() {
  const stolen = tokens.you.at(-1);
  moves.push({who: 'thief', kind: 'copy', to: stolen.generation});
  tokens.thief = [stolen];
  for (let i = 0; i < 2 && !ended; i++) {
    const token = tokens.thief.at(-1);
    await present('thief', token, `the thief’s refresh token, generation ${token.generation}`);
  }
  tell(`A thief copies generation ${stolen.generation} and refreshes twice. Now refresh yourself.`);
  draw();
}

function tell(text) {
  const clean = text.replace(/\s+/g, ' ');
  const story = byId('story');
  story.append(el('li', null, clean));
  while (story.children.length > TOLD) {
    story.firstElementChild.remove();
  }
  say(clean);
}

function draw() {
  const live = moves.length > 0 && !ended;
  byId('refresh').disabled = !live;
  byId('replay').disabled = !live || tokens.you.length < 2 || tokens.thief.length > 0;
  byId('steal').disabled = !live || tokens.thief.length > 0;
  byId('family').replaceChildren(...(moves.length ? [picture()]
    : [el('p', {class: 'quiet'}, 'Get a pair of JWTs first.')]));
}

function picture() {
  const newest = Math.max(...moves.map((move) => move.to ?? move.from));
  const first = Math.max(0, newest - SHOWN + 1);
  const x = (generation) => 74 + (generation - first) * STEP;
  const width = Math.max(x(newest) + 110, 420);
  const seen = moves.filter((move) => (move.to ?? move.from) >= first && (move.from ?? first) >= first);
  const drawing = svg('svg', {
    viewBox: `0 0 ${width} 180`, width, height: 180, role: 'img',
    'aria-label': `${described()} The steps are listed below.`, class: ended ? 'ended' : 'live',
  });
  drawing.append(svg('text', {x: 0, y: LANES.you + 5, class: 'lane'}, 'You'));
  if (tokens.thief.length) {
    drawing.append(svg('text', {x: 0, y: LANES.thief + 5, class: 'lane'}, 'Thief'));
  }
  seen.forEach((move) => drawing.append(...line(move, x)));
  for (const who of ['you', 'thief']) {
    tokens[who].filter((token) => token.generation >= first)
      .forEach((token) => drawing.append(...node(who, token, x)));
  }
  seen.filter((move) => move.kind === 'reuse').forEach((move) => {
    drawing.append(note(x(move.from), LANES[move.who], 'came back'));
    if (tokens.thief.length) {
      drawing.append(note(x(tokens.thief.at(-1).generation), LANES.thief, 'ends too'));
    }
  });
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Picture of the family'}, drawing);
}

function described() {
  const last = moves.at(-1);
  const thief = tokens.thief.length ? ` The thief holds generation ${tokens.thief.at(-1).generation}.` : '';
  return ended ? `The family has ended${last.kind === 'reuse' ? `, when generation ${last.from} came back` : ''}.`
    : `You hold generation ${tokens.you.at(-1).generation}.${thief}`;
}

function node(who, token, x) {
  const held = !ended && token === tokens[who].at(-1);
  const copied = who === 'thief' && token === tokens.thief[0];
  const back = moves.some((move) => move.kind === 'reuse' && move.who === who && move.from === token.generation);
  const state = [held ? 'held' : 'used', copied && 'copied', back && 'back'].filter(Boolean).join(' ');
  return [
    svg('circle', {cx: x(token.generation), cy: LANES[who], r: 17, class: `${who} ${state}`}),
    svg('text', {x: x(token.generation), y: LANES[who] + 5, class: held ? 'number held' : 'number'},
      String(token.generation)),
  ];
}

function line(move, x) {
  const y = LANES[move.who];
  if (move.kind === 'refresh') {
    return [svg('path', {d: `M${x(move.from) + 19} ${y}H${x(move.to) - 20}l-6 -5m6 5l-6 5`, class: move.who})];
  }
  if (move.kind === 'repeat') {
    const arc = `M${x(move.from) + 6} ${y - 19}q${STEP / 2 - 6} -26 ${STEP - 14} -1l-8 -2m8 2l1 -8`;
    return [svg('path', {d: arc, class: 'repeat'})];
  }
  if (move.kind === 'copy') {
    return [svg('path', {d: `M${x(move.to)} ${LANES.you + 19}V${LANES.thief - 19}`, class: 'copy'}),
      svg('text', {x: x(move.to) + 10, y: (LANES.you + LANES.thief) / 2 + 5, class: 'note'}, 'copied')];
  }
  return [];
}

function note(x, y, text) {
  return svg('text', {x: x + 28, y: y + 5, class: 'note'}, text);
}

draw();
