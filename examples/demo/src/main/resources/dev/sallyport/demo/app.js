'use strict';

// Needed only by browsers that send neither Sec-Fetch-Site nor Origin; it does no harm elsewhere.
let csrfToken = '';

const byId = (id) => document.getElementById(id);

async function call(method, path, fields) {
  const headers = {'X-Requested-With': 'fetch'};
  if (csrfToken) {
    headers['X-CSRF-Token'] = csrfToken;
  }
  if (fields) {
    headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(path, {
    method, headers, credentials: 'same-origin', body: fields ? JSON.stringify(fields) : undefined,
  });
  const text = await answer.text();
  const body = text ? JSON.parse(text) : {};
  if (!answer.ok) {
    const faults = (body.errors || []).map((fault) => fault.detail);
    throw new Error([`${answer.status} ${body.code}.`, body.detail, ...faults].join(' '));
  }
  return body;
}

function say(text) {
  byId('message').textContent = text;
}

// Shows who is logged in, and where.
async function show() {
  let me = null;
  try {
    me = await call('GET', '/auth/me');
  } catch (refused) {
    csrfToken = '';
  }
  byId('outside').hidden = me !== null;
  byId('inside').hidden = me === null;
  if (me) {
    csrfToken = me.csrf_token || '';
    byId('name').textContent = me.username;
    await showSessions();
  }
}

async function showSessions() {
  const {sessions} = await call('GET', '/auth/sessions');
  byId('sessions').replaceChildren(...sessions.map((session) => {
    const item = document.createElement('li');
    const client = session.client.trim() || 'Unknown client';
    item.textContent = `${client}, since ${new Date(session.created_at).toLocaleString()} `;
    if (session.current) {
      item.append('(this one)');
    } else {
      const end = document.createElement('button');
      end.textContent = 'End it';
      end.addEventListener('click', act(() => call('DELETE', `/auth/sessions/${session.id}`)));
      item.append(end);
    }
    return item;
  }));
}

// Does something, says what came of it, and shows how things stand now.
function act(work) {
  return async (event) => {
    event.preventDefault();
    try {
      const said = await work(event);
      say(typeof said === 'string' ? said : 'Done.');
    } catch (error) {
      say(error.message);
    }
    await show();
  };
}

function onSubmit(id, work) {
  byId(id).addEventListener('submit', act(async (event) => {
    const form = event.target;
    const said = await work(Object.fromEntries(new FormData(form)), event.submitter);
    form.reset();
    return said;
  }));
}

onSubmit('login', async (fields, button) => {
  const credentials = {username: fields.username, password: fields.password};
  if (button && button.value === 'register') {
    await call('POST', '/auth/register', credentials);
  }
  await call('POST', '/auth/login', {...credentials, remember: fields.remember === 'on'});
  return 'Logged in.';
});
onSubmit('ask', async (fields) => {
  await call('POST', '/api/reset/request', fields);
  return 'If there is such a user, a code is on the console.';
});
onSubmit('redeem', (fields) => call('POST', '/api/reset/redeem', fields));
onSubmit('note', async (fields) => `Noted: ${(await call('POST', '/api/notes', fields)).text}`);
onSubmit('password', (fields) => call('POST', '/auth/password', fields));

byId('hello').addEventListener('click', act(async () => {
  const {hello, scheme} = await call('GET', '/api/hello');
  return `The API says hello to ${hello}, known by ${scheme}.`;
}));
byId('logout').addEventListener('click', act(async () => {
  await call('POST', '/auth/logout');
  return 'Logged out.';
}));
byId('logout-all').addEventListener('click', act(() =>
  call('POST', '/auth/logout-all', {keep_current: true})));

show();
