// @ts-check
/**
 * The client of Sallyport's endpoints, for browsers and Node 20: one file without dependencies. Nothing is written to
 * localStorage, where any script of the page could read it. Cookies are the browser's; tokens that come in a body are
 * in memory, and gone when the page is.
 *
 *   const auth = new AuthClient();
 *   await auth.login('alice', password);
 *   const answer = await auth.fetch('/api/notes', {method: 'POST', body});
 */

/** @typedef {{field: string, code: string, detail: string}} Fault one wrong field of the input */
/** @typedef {{id: string, username: string}} User */
/** @typedef {User & {roles: string[], scheme: string, scopes: string[] | null, authenticated_at: ?string}} Caller */
/** @typedef {'logout' | 'elsewhere' | 'expired'} End by a logout here or in another tab, or because time is up */

/** How long a tab waits for the server, and for another tab, before it goes on: milliseconds. */
const PATIENCE = 10_000;
/** What other or newer credentials may cure. */
const CURABLE = ['authentication_required', 'invalid_token'];
/** Only there are there other tabs, and do cookies come by themselves. */
const IN_BROWSER = 'location' in globalThis;

/** Whatever goes wrong. Programs read its `code`; its message has no secrets. */
export class AuthError extends Error {
  /**
   * @param {number} status the status of the answer; 0 if there was none
   * @param {string} code the code of the problem (RFC 9457), or `network`, or `unexpected_answer`
   * @param {string} detail for people
   * @param {{retryAfter?: number | null, errors?: Fault[], cause?: unknown}} [more]
   */
  constructor(status, code, detail, {retryAfter = null, errors = [], cause} = {}) {
    super(detail, cause === undefined ? undefined : {cause});
    this.name = 'AuthError';
    this.status = status;
    this.code = code;
    /** The faults of the input, all of them. */
    this.errors = errors;
    /** How many seconds to wait before another try, and until when; null if the server doesn't say. */
    this.retryAfter = retryAfter;
    this.retryAt = retryAfter === null ? null : new Date(Date.now() + retryAfter * 1000);
  }

  /** Reads a refusal, of these endpoints or others. @param {Response} answer its body must not have been read */
  static async of(answer) {
    const body = await answer.json().catch(() => null);
    const code = String(body?.code ?? 'unexpected_answer');
    const detail = String(body?.detail ?? `The server answered ${answer.status}.`);
    const errors = Array.isArray(body?.errors) ? body.errors : [];
    return new AuthError(answer.status, code, detail, {retryAfter: seconds(answer.headers.get('Retry-After')), errors});
  }
}

/** @param {string | null} field Retry-After (RFC 9110 section 10.2.3): seconds, or a date */
function seconds(field) {
  const wait = /^\d+$/.test(field ?? '') ? Number(field) : (Date.parse(field ?? '') - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.max(0, Math.ceil(wait)) : null;
}

/** Keeps cookies as a browser does. @param {Map<string, string>} cookies by name @param {Headers} headers */
function keep(cookies, headers) {
  for (const line of headers.getSetCookie?.() ?? []) {
    const [, name = '', value = ''] = /^([^=;]*)=([^;]*)/.exec(line) ?? [];
    cookies.set(name, value);
    if (/;\s*Max-Age=0+(;|$)/i.test(line)) {
      cookies.delete(name);
    }
  }
}

/**
 * Does something while no other tab does. A tab that hangs holds the others up for a while, and not for ever: the
 * server bears with two that refresh at once.
 * @template T @param {string} name
 * @param {(waited: boolean) => Promise<T>} work is told whether another tab was at it
 */
async function alone(name, work) {
  const locks = IN_BROWSER ? globalThis.navigator.locks : undefined;
  /** @type {Promise<T> | null} */
  let begun = null;
  const begin = (/** @type {boolean} */ waited) => (begun = work(waited));
  await locks?.request(name, {ifAvailable: true}, (lock) => lock && begin(false));
  if (locks && begun === null) {
    await locks.request(name, {signal: AbortSignal.timeout(PATIENCE)}, () => begin(true)).catch(() => begun);
  }
  return begun ?? begin(false);
}

/** A login at one server, for one page or one program. */
export class AuthClient {
  #base;
  #scheme;
  #name;
  #others;
  /** @type {Map<string, string>} those of this server, where no browser keeps them */
  #cookies = new Map();
  /** @type {Set<(end: End) => void>} */
  #listeners = new Set();
  /** @type {{access: string, refresh: string} | null} */
  #tokens = null;
  /** @type {string | null} */
  #csrfToken = null;
  #isIn = false; // whether somebody is logged in, as far as this tab has seen
  #isOver = false; // whether there is nothing to refresh with, as the server has said
  /** @type {Promise<'here' | 'elsewhere' | 'refused'> | null} */
  #refreshing = null;
  #refreshedAt = -1;

  /**
   * @param {object} [options]
   * @param {string | URL} [options.base] where the endpoints are, by default `/auth`; in Node an absolute URL
   * @param {'session' | 'jwt'} [options.scheme] how to log in, by default `session`
   */
  constructor({base = '/auth', scheme = 'session'} = {}) {
    this.#base = new URL(base, IN_BROWSER ? globalThis.location.href : undefined);
    this.#base.pathname = this.#base.pathname.replace(/\/*$/, '/');
    this.#scheme = scheme;
    this.#name = `sallyport ${this.#base.href}`;
    this.#others = IN_BROWSER ? new BroadcastChannel(this.#name) : null;
    this.#others?.addEventListener('message', (message) => this.#hear(message.data));
  }

  /** @param {unknown} news what another tab has done */
  #hear(news) {
    if (news === 'login') {
      this.#isOver = false;
    } else if (news === 'refresh' && !this.#tokens) {
      this.#refreshedAt = performance.now();
    } else if (news === 'logout') {
      const tokens = this.#tokens;
      this.#end('elsewhere');
      if (tokens) {
        this.#open('jwt/revoke', {refresh_token: tokens.refresh}).catch(() => {});
      }
    }
  }

  /** Signs up, and logs nobody in. @param {string} username @param {string} password @returns {Promise<User>} */
  async register(username, password) {
    return checked(await this.#open('register', {username, password}));
  }

  /**
   * Logs in. @param {string} username @param {string} password
   * @param {{remember?: boolean}} [options] whether a session outlives the browser
   */
  async login(username, password, {remember = false} = {}) {
    const [path, fields] = this.#scheme === 'jwt' ? ['jwt', {}] : ['login', {remember}];
    await this.#refreshing?.catch(() => {}); // else its cookies could come after the login's
    const body = await alone(this.#name, async () => checked(await this.#open(path, {username, password, ...fields})));
    this.#take(body);
    this.#csrfToken = body.csrf_token ?? null;
    this.#isIn = true;
    this.#isOver = false;
    this.#others?.postMessage('login');
  }

  /** @returns {Promise<Caller | null>} who is logged in; null if nobody is */
  async me() {
    const answer = await this.fetch(new URL('me', this.#base));
    const refusal = answer.ok ? null : await AuthError.of(answer);
    if (refusal) {
      return CURABLE.includes(refusal.code) ? null : Promise.reject(refusal);
    }
    const {csrf_token: csrfToken, ...caller} = await checked(answer);
    this.#csrfToken = csrfToken ?? null;
    this.#isIn = true;
    return caller;
  }

  /** Changes the password. A login by JWT ends with everything else. @param {string} current @param {string} next */
  async changePassword(current, next) {
    const fields = {current_password: current, new_password: next};
    await checked(await this.fetch(new URL('password', this.#base), json(fields)));
    this.#ended(this.#scheme === 'session');
  }

  /** Logs out, in all tabs. If the server can't be asked, nothing has changed. */
  async logout() {
    await this.#refreshing?.catch(() => {}); // else its cookies could come after the logout's
    const send = () => this.#send(new Request(new URL('logout', this.#base), {method: 'POST'}));
    await alone(this.#name, async () => {
      const answer = await send();
      await checked(answer.status === 403 && (await this.#hasNewCsrfToken()) ? await send() : answer);
    });
    this.#ended(false);
  }

  /** Logs out on all devices. @param {{keepCurrent?: boolean}} [options] whether this session goes on */
  async logoutEverywhere({keepCurrent = false} = {}) {
    await checked(await this.fetch(new URL('logout-all', this.#base), json({keep_current: keepCurrent})));
    this.#ended(keepCurrent && this.#scheme === 'session');
  }

  /** @param {boolean} goesOn whether the session does, under a new id */
  #ended(goesOn) {
    this.#csrfToken = null;
    if (!goesOn) {
      this.#end('logout');
      this.#others?.postMessage('logout');
    }
  }

  /**
   * As the global `fetch`, with the credentials if it is for the server of the endpoints, and without any if it is for
   * another. A 401 is tried again with new tokens, if there are any. A redirect is an error, since it could take
   * credentials elsewhere.
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   * @returns {Promise<Response>} a refusal as well: see `AuthError.of`
   * @throws {AuthError} if the server can't be reached, or can't refresh at the moment
   */
  async fetch(input, init) {
    const here = IN_BROWSER ? globalThis.location.href : this.#base;
    const request = new Request(input instanceof Request ? input : new URL(input, here), init);
    if (new URL(request.url).origin !== this.#base.origin) {
      return fetch(new Request(request, {credentials: 'omit'}));
    }
    let sentAt = performance.now();
    let answer = await this.#send(request.clone());
    for (let tries = 0; tries < 2 && (answer.status === 401 || answer.status === 403); tries++) {
      const {code} = await AuthError.of(answer.clone());
      if (code === 'csrf' && (await this.#hasNewCsrfToken())) {
        return this.#send(request);
      }
      const refreshed = CURABLE.includes(code) ? await this.#refresh(sentAt) : null;
      if (refreshed === 'refused') {
        this.#end('expired');
      }
      if (refreshed === null || refreshed === 'refused') {
        return answer;
      }
      sentAt = performance.now();
      answer = await this.#send(request.clone());
      if (refreshed === 'here') {
        return answer; // one from another tab may have failed, or be older than it seems
      }
    }
    return answer;
  }

  /** Refreshes, unless that has been done since then: here, or in another tab. @param {number} since */
  async #refresh(since) {
    if (this.#scheme !== 'jwt' || this.#isOver) {
      return 'refused';
    }
    const tokens = this.#tokens;
    const exchange = async (waited = false) =>
      waited || this.#refreshedAt > since ? 'elsewhere' : this.#exchange(tokens);
    this.#refreshing ??= (tokens ? exchange() : alone(this.#name, exchange)).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /** @param {?{refresh: string}} tokens null if they are in cookies @returns {Promise<'here' | 'refused'>} */
  async #exchange(tokens) {
    const answer = await this.#open('jwt/refresh', tokens ? {refresh_token: tokens.refresh} : undefined);
    if (!answer.ok) {
      const refusal = await AuthError.of(answer);
      this.#isOver = refusal.code === 'invalid_token' || answer.status === 415; // 415: it reads no cookie
      return this.#isOver ? 'refused' : Promise.reject(refusal);
    }
    const body = await checked(answer);
    if (this.#tokens === tokens) { // else a logout in another tab was faster
      this.#take(body);
    }
    this.#refreshedAt = performance.now();
    this.#others?.postMessage('refresh');
    return 'here';
  }

  /** @param {{access_token?: string, refresh_token?: string}} body has neither if they are in cookies */
  #take({access_token: access, refresh_token: refresh}) {
    this.#tokens = access && refresh ? {access, refresh} : null;
  }

  async #hasNewCsrfToken() {
    const former = this.#csrfToken;
    const answer = await this.#send(new Request(new URL('me', this.#base)));
    this.#csrfToken = answer.ok ? ((await answer.json()).csrf_token ?? null) : former;
    return this.#csrfToken !== former;
  }

  /** @param {End} end */
  #end(end) {
    const listeners = this.#isIn ? [...this.#listeners] : [];
    this.#tokens = null;
    this.#csrfToken = null;
    this.#isIn = false;
    listeners.forEach((listener) => listener(end));
  }

  /** Calls back when the login ends. @param {(end: End) => void} listener @returns {() => void} to hear no more */
  onLogout(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hears no more of other tabs, nor calls anybody back. */
  close() {
    this.#others?.close();
    this.#listeners.clear();
  }

  /** One whose body has all the credentials, or else their cookie. @param {string} path @param {object} [fields] */
  #open(path, fields) {
    const request = new Request(new URL(path, this.#base), fields ? json(fields) : {method: 'POST'});
    return this.#ask(request, new Headers(request.headers), AbortSignal.timeout(PATIENCE));
  }

  /** @param {Request} request one for this server, whose body nobody else needs */
  #send(request) {
    const headers = new Headers(request.headers);
    if (this.#tokens && !headers.has('Authorization')) {
      headers.set('Authorization', `Bearer ${this.#tokens.access}`);
    }
    if (this.#csrfToken) {
      headers.set('X-CSRF-Token', this.#csrfToken);
    }
    return this.#ask(request, headers, request.signal);
  }

  /** @param {Request} request @param {Headers} headers @param {AbortSignal} signal */
  async #ask(request, headers, signal) {
    this.#cookies.forEach((value, name) => headers.append('Cookie', `${name}=${value}`));
    try {
      const answer = await fetch(request, {headers, signal, credentials: 'same-origin', redirect: 'error'});
      keep(this.#cookies, answer.headers); // a browser shows none: it keeps them itself
      return answer;
    } catch (cause) {
      throw request.signal.aborted ? cause : new AuthError(0, 'network', 'The server did not answer.', {cause});
    }
  }
}

/** @param {object} fields @returns {RequestInit} */
function json(fields) {
  return {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(fields)};
}

/** @param {Response} answer */
async function checked(answer) {
  const copy = answer.clone();
  const body = answer.status === 204 ? {} : await answer.json().catch(() => null);
  if (!answer.ok || body === null) {
    throw await AuthError.of(copy);
  }
  return body;
}
