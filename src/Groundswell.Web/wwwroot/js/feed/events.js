// What the viewer did, told to the server once, in order, and only as it happened.
import { post, session } from '../api.js';

const BATCH = 20;
const LINGER_MS = 1000;
const URGENT = new Set(['play_end', 'like', 'unlike', 'comment', 'share', 'follow', 'unfollow', 'not_interested', 'report']);

/**
 * A queue in front of POST /v1/events. An event keeps its id through every retry, so that the server can tell
 * a repetition from a second event. Nothing is dropped for a temporary failure; a refusal is final.
 */
export class EventLog {
  #waiting = [];
  #sending = null;
  #timer = null;
  #failures = 0;

  constructor({ sessionId, send = (events, options) => post('/v1/events', events, { ...options, headers: { 'Client-Time': new Date().toISOString() } }) }) {
    this.sessionId = sessionId;
    this.send = send;
  }

  /** Queues an event about a served item. Resolves to the server's verdict on it: { status, reason? }. */
  record(type, item, props = {}) {
    return new Promise((settle) => {
      this.#waiting.push({
        settle,
        event: {
          event_id: crypto.randomUUID(), type, client_ts: new Date().toISOString(), session_id: this.sessionId,
          request_id: item.request_id ?? null, slot_token: item.slot_token ?? null, video_id: item.video_id, props,
        },
      });
      if (URGENT.has(type) || this.#waiting.length >= BATCH) this.flush();
      else this.#timer ??= setTimeout(() => this.flush(), LINGER_MS);
    });
  }

  /** Resolves when everything recorded so far was answered, or when the first attempt at it failed. */
  async flush() {
    clearTimeout(this.#timer);
    this.#timer = null;
    // What was recorded while a batch was on its way needs a batch of its own.
    if (this.#sending) await this.#sending;
    if (this.#waiting.length === 0) return;
    this.#sending ??= this.#sendAll().finally(() => { this.#sending = null; });
    await this.#sending;
  }

  /** The page is going away or to the back: hand over what is left in requests that outlive it. */
  handOver() {
    // A batch on its way may be cut off with the page; sending it again is harmless, its ids are the same.
    for (let from = 0; from < this.#waiting.length; from += BATCH) {
      const batch = this.#waiting.slice(from, from + BATCH);
      this.send(batch.map((one) => one.event), { keepalive: true })
        .then((answer) => this.#settle(batch, answer))
        .catch(() => { /* still in the queue: the ordinary retry has it when the page comes back */ });
    }
  }

  async #sendAll() {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        this.#settle(batch, await this.send(batch.map((one) => one.event)));
        this.#failures = 0;
      } catch (error) {
        if (await this.#giveUp(error, batch)) continue;
        this.#retryLater(error);
        return;
      }
    }
  }

  #settle(batch, answer) {
    const verdicts = new Map((answer?.results ?? []).map((result) => [result.event_id, result]));
    this.#waiting = this.#waiting.filter((one) => !batch.includes(one));
    batch.forEach(({ event, settle }) => settle(verdicts.get(event.event_id) ?? { status: 'accepted' }));
  }

  /** True when the loop may go on: the batch was refused for good, or the token was renewed. */
  async #giveUp(error, batch) {
    if (error.temporary ?? true) return false;
    // The token may have aged: ask for a new one once, then believe the refusal.
    if ((error.status === 400 || error.status === 403) && this.#failures === 0) {
      this.#failures = 1;
      return session({ fresh: true }).then(() => true, () => false);
    }
    batch.forEach(({ settle }) => settle({ status: 'invalid', reason: error.message }));
    this.#waiting = this.#waiting.filter((one) => !batch.includes(one));
    this.#failures = 0;
    return true;
  }

  #retryLater(error) {
    this.#failures += 1;
    this.#timer ??= setTimeout(() => this.flush(), retryDelay(this.#failures, error));
  }
}

/** Doubling from one second to half a minute, spread so that many clients do not return at once. */
export function retryDelay(attempt, error) {
  if (error?.retryAfter) return error.retryAfter * 1000;
  return Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
}
