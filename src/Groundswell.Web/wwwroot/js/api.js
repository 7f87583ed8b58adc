// The public HTTP API, and nothing else: whatever the pages can do, another app can do too.

const csrfMeta = document.querySelector('meta[name="csrf-token"]');
let csrfToken = csrfMeta?.content ?? '';
let sessionPromise = null;

/** A refusal or a failure. `status` 0 means that no answer arrived at all. */
export class ApiError extends Error {
  constructor({ status = 0, title, detail = '', errors = {}, retryAfter = null }) {
    super(detail || title);
    this.name = 'ApiError';
    Object.assign(this, { status, title, detail, errors, retryAfter });
  }

  /** True when the same request may well succeed later. */
  get temporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const titles = {
  0: 'No connection', 401: 'Please sign in', 403: 'Not allowed', 404: 'Not found',
  413: 'The file is too large', 429: 'Too many requests', 503: 'Busy for a moment',
};

function problemFrom(status, text, retryAfterHeader) {
  let body = {};
  try { body = JSON.parse(text) ?? {}; } catch { /* a proxy's HTML page, not a problem document */ }
  return new ApiError({
    status,
    title: body.title ?? titles[status] ?? 'Something went wrong',
    detail: body.detail ?? '',
    errors: body.errors ?? {},
    retryAfter: Number(retryAfterHeader) || null,
  });
}

const offline = () =>
  new ApiError({ title: titles[0], detail: 'The server did not answer. Check the connection and try again.' });

/**
 * One request. Resolves to the decoded JSON (null for an empty answer), rejects with ApiError.
 * `signal` aborts; an abort rejects with the usual AbortError.
 */
export async function request(method, path, body, { signal, keepalive = false, headers: more = {} } = {}) {
  const headers = { Accept: 'application/json', ...more };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  let text;
  try {
    response = await fetch(path, {
      method, headers, signal, keepalive, credentials: 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    text = await response.text();
  } catch (error) {
    throw error.name === 'AbortError' ? error : offline();
  }
  if (!response.ok) throw problemFrom(response.status, text, response.headers.get('Retry-After'));
  return text ? JSON.parse(text) : null;
}

export const get = (path, options) => request('GET', path, undefined, options);
export const post = (path, body, options) => request('POST', path, body, options);
export const put = (path, body, options) => request('PUT', path, body, options);
export const del = (path, options) => request('DELETE', path, undefined, options);

/** A POST that answers in lines of JSON: `onLine` hears each as it comes. A refusal rejects like any other request. */
export async function stream(path, body, onLine, { signal } = {}) {
  const headers = { Accept: 'application/x-ndjson', 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken };
  try {
    const response = await fetch(path, { method: 'POST', headers, signal, credentials: 'same-origin', body: JSON.stringify(body) });
    if (!response.ok) throw problemFrom(response.status, await response.text(), response.headers.get('Retry-After'));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop();
      lines.filter(Boolean).forEach((line) => onLine(JSON.parse(line)));
    }
  } catch (error) {
    throw error instanceof ApiError || error.name === 'AbortError' ? error : offline();
  }
}

/** Sends a form with files. `onProgress` hears 0..1; fetch cannot report upload progress, hence XMLHttpRequest. */
export function upload(path, form, onProgress = () => {}, { signal } = {}) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', path);
    xhr.setRequestHeader('Accept', 'application/json');
    xhr.setRequestHeader('X-CSRF-Token', csrfToken);
    xhr.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(xhr.responseText ? JSON.parse(xhr.responseText) : null);
      else reject(problemFrom(xhr.status, xhr.responseText, xhr.getResponseHeader('Retry-After')));
    };
    xhr.onerror = () => reject(offline());
    xhr.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal?.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(form);
  });
}

function adopt(session) {
  // The token is bound to the account: signing in or out replaces it.
  if (session?.csrf_token) csrfToken = session.csrf_token;
  sessionPromise = Promise.resolve(session);
  document.dispatchEvent(new CustomEvent('groundswell:session', { detail: session }));
  return session;
}

/** Who is here. Asked once per page; pass `fresh` to ask again. */
export function session({ fresh = false } = {}) {
  if (!sessionPromise || fresh) {
    sessionPromise = get('/v1/session').then(adopt);
    // A failed question must not become the answer for the rest of the page's life.
    sessionPromise.catch(() => { sessionPromise = null; });
  }
  return sessionPromise;
}

export const hasRole = (who, role) => role === 'viewer' || Boolean(who?.account?.roles?.includes(role));

export const signIn = (name, password) => post('/v1/session', { name, password }).then(adopt);
export const createAccount = (name, password) => post('/v1/accounts', { name, password }).then(adopt);
export async function signOut() {
  await del('/v1/session');
  return session({ fresh: true });
}
