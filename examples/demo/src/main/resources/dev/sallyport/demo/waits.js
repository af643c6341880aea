// Counts down how long the throttle refuses a name.

import {byId, el, say} from './dom.js';

const waits = new Map();

export function waitFor(name, seconds) {
  const end = Date.now() + seconds * 1000;
  const left = el('span', {role: 'timer'});
  const bar = el('progress', {max: seconds, value: seconds, 'aria-label': `Wait of ${name}`});
  waits.get(name)?.row.remove();
  const row = el('li', null, `${name} has to wait: `, left, ' ', bar);
  waits.set(name, {end, left, bar, row});
  byId('waits').append(row);
  tick();
}

function tick() {
  for (const [name, {end, left, bar, row}] of waits) {
    const rest = (end - Date.now()) / 1000;
    left.textContent = `${Math.ceil(rest)} s`;
    bar.value = rest;
    if (rest <= 0) {
      waits.delete(name);
      row.remove();
      say(`The wait of ${name} is over.`);
    }
  }
}

setInterval(tick, 200);
