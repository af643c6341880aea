import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, test} from 'node:test';

const base = process.env.BASE;
const {origin} = new URL(base);
const source = await (await fetch(`${base}/sallyport.js`)).text();
const {AuthClient, AuthError} = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const PASSWORD = 'wonderland-1865';
const NOTE = {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{"text":"x"}'};
const url = (path) => origin + path;

/** What is sent, and by which a test may change it. */
const sent = [];
let change = (request) => request;
const real = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const request = change(new Request(input, init));
  sent.push(`${request.method} ${new URL(request.url).pathname}`);
  return real(request);
};

async function client(name, scheme) {
  const auth = new AuthClient({base, scheme});
  await auth.register(name, PASSWORD);
  await auth.login(name, PASSWORD);
  return auth;
}

test('SE-5 a session, whose token for unsafe requests is sent, and asked for again when it changes', async () => {
  const auth = await client('session', 'session');
  assert.equal((await auth.me()).scheme, 'session');
  assert.equal((await auth.fetch(url('/api/notes'), NOTE)).status, 201);
  await auth.changePassword(PASSWORD, `${PASSWORD}2`);
  assert.equal((await auth.fetch(url('/api/notes'), NOTE)).status, 201);
  await auth.changePassword(`${PASSWORD}2`, PASSWORD);
  const ends = [];
  auth.onLogout((end) => ends.push(end));
  await auth.logout();
  assert.deepEqual(ends, ['logout']);
  assert.equal(await auth.me(), null);
});

test('JW-7 an access token that is refused is renewed, once for all requests', async () => {
  const auth = await client('jwt', 'jwt');
  const hello = () => auth.fetch(url('/api/hello'));
  assert.deepEqual(await (await hello()).json(), {hello: 'jwt', scheme: 'jwt'});
  sent.length = 0;
  let former = null;
  change = (request) => {
    const token = request.headers.get('Authorization');
    former ??= token;
    const headers = new Headers(request.headers);
    if (token !== null && token === former) {
      headers.set('Authorization', `${token}x`);
    }
    return new Request(request, {headers});
  };
  const answers = await Promise.all([hello(), hello(), auth.fetch(url('/api/notes'), NOTE)]);
  change = (request) => request;
  assert.deepEqual(answers.map((answer) => answer.status), [200, 200, 201]);
  assert.equal(sent.filter((one) => one === 'POST /auth/jwt/refresh').length, 1);
  assert.equal(sent.length, 7);
  await auth.logout();
  assert.equal((await hello()).status, 401);
});

test('JW-6 where nothing can be renewed, the refusal is the answer, and a logout', async () => {
  const auth = await client('ended', 'jwt');
  const ends = [];
  auth.onLogout((end) => ends.push(end));
  await auth.logoutEverywhere();
  assert.deepEqual(ends, ['logout']);
  assert.equal((await auth.fetch(url('/api/hello'))).status, 401);
  assert.equal(await auth.me(), null);
});

test('GU-3 TH-6 errors have code, status and wait, and no secret', async () => {
  const auth = new AuthClient({base});
  const failed = (work) => work.then(() => assert.fail('it should fail'), (error) => error);
  const invalid = await failed(auth.register('x'.repeat(200), 'short'));
  assert.equal(invalid.code, 'invalid_request');
  assert.deepEqual(invalid.errors.map((fault) => fault.field), ['username', 'password']);
  let last;
  for (let i = 0; i < 6; i++) {
    last = await failed(auth.login('mallory', 'wrong-password'));
    assert.ok(last instanceof AuthError);
    assert.ok(!JSON.stringify([last, last.message, last.stack]).includes('wrong-password'));
  }
  assert.deepEqual([last.status, last.code], [429, 'throttled']);
  assert.ok(last.retryAfter >= 1 && last.retryAt > new Date());
  const nobody = await failed(new AuthClient({base: 'http://127.0.0.1:9/auth'}).me());
  assert.deepEqual([nobody.status, nobody.code], [0, 'network']);
  const dated = await AuthError.of(
    new Response('', {status: 503, headers: {'Retry-After': new Date(Date.now() + 9500).toUTCString()}}),
  );
  assert.ok(dated.retryAfter >= 8 && dated.retryAfter <= 10);
  assert.equal(dated.code, 'unexpected_answer');
  change = () => new Request('data:text/html,<title>Your network wants to log you in</title>');
  const page = await failed(auth.login('alice', PASSWORD).finally(() => (change = (request) => request)));
  assert.deepEqual([page.name, page.status, page.code], ['AuthError', 200, 'unexpected_answer']);
});

test('GU-5 another origin gets no credentials', async () => {
  const seen = [];
  const other = createServer((request, answer) => {
    seen.push(request.headers);
    answer.end('hello');
  }).listen(0, '127.0.0.1');
  after(() => other.close());
  await new Promise((done) => other.once('listening', done));
  for (const scheme of ['session', 'jwt']) {
    const auth = await client(`other-${scheme}`, scheme);
    const answer = await auth.fetch(`http://127.0.0.1:${other.address().port}/`, NOTE);
    assert.equal(await answer.text(), 'hello');
  }
  assert.equal(seen.length, 2);
  for (const headers of seen) {
    assert.deepEqual(['authorization', 'cookie', 'x-csrf-token'].filter((name) => name in headers), []);
  }
});
