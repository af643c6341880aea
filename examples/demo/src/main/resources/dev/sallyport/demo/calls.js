// Sends requests, and hears over one stream what became of them on the server. The key that ties the two together is
// made by the server for this stream. It is in these variables alone, and so ends with the page.

let key = '';
let last = 0;
const waiting = new Map();
const PATIENCE = 3000;
const AGAIN = 2000;

export const chain = [];

async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    text += next.value;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks.filter((one) => one.startsWith('event: '))) {
      const [event, data] = block.split('\n');
      yield {event: event.slice(7), data: JSON.parse(data.slice(6))};
    }
  }
}

// Listens until the page is left; `told` gets the state of the stream, and the events as they come.
export async function listen(told) {
  let displaced = false;
  while (!displaced) {
    told.state('connecting');
    try {
      const answer = await fetch('/look/stream', {method: 'POST', credentials: 'omit', cache: 'no-store'});
      if (!answer.ok) {
        throw new Error(`the stream is ${answer.status}`);
      }
      for await (const {event, data} of messages(answer.body)) {
        if (event === 'open') {
          key = data.key;
          chain.splice(0, chain.length, ...data.chain);
          told.state('open');
        } else if (event === 'trace') {
          waiting.get(data.number)?.(data);
          waiting.delete(data.number);
          told.events(data.events);
        } else {
          displaced = event === 'end';
        }
      }
    } catch (gone) {
      // tries again below
    }
    key = '';
    waiting.forEach((done) => done(null));
    waiting.clear();
    told.state(displaced ? 'displaced' : 'closed');
    if (!displaced) {
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }
}

function traceOf(number) {
  return new Promise((done) => {
    waiting.set(number, done);
    setTimeout(() => done(null), PATIENCE);
  });
}

async function bodyOf(answer) {
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch (noJson) {
    return null;
  }
}

let onCall = () => {};

export function eachCall(work) {
  onCall = work;
}

// Sends one request. `authorization` is an array: a browser joins several into one field line.
export async function call(method, path, {fields, authorization = [], cookie = true, sent = ''} = {}) {
  const number = ++last;
  const headers = new Headers({'X-Requested-With': 'fetch'});
  authorization.forEach((value) => headers.append('Authorization', value));
  if (fields) {
    headers.set('Content-Type', 'application/json');
  }
  const trace = key ? traceOf(number) : Promise.resolve(null);
  if (key) {
    headers.set('Demo-Trace', `${key}.${number}`);
  }
  const record = {number, method, path, sent};
  try {
    const answer = await fetch(path, {
      method, headers, credentials: cookie ? 'same-origin' : 'omit', body: fields && JSON.stringify(fields),
    });
    record.status = answer.status;
    record.ok = answer.ok;
    record.retryAfter = Number(answer.headers.get('Retry-After'));
    record.body = await bodyOf(answer);
    record.trace = await trace;
  } catch (unreachable) {
    record.status = 0;
    record.ok = false;
    record.body = {code: 'unreachable', detail: 'The demo does not answer. Is it still running?'};
    record.trace = null;
  }
  onCall(record);
  return record;
}
