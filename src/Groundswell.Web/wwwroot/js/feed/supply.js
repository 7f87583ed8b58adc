import { retryDelay } from './events.js';
import { troubleTail } from './tail.js';

/**
 * Keeps the deck filled: asks for a page when few clips are left, waits longer after every failure, and shows
 * trouble only to somebody who has run out of clips.
 */
export class Supply {
  #abort = new AbortController();
  #running = false;
  #failures = 0;
  #timer = null;
  #trouble = null;
  exhausted = false;

  constructor({ deck, fetchPage, onPage, onBusy }) {
    this.deck = deck;
    this.fetchPage = fetchPage;
    this.onPage = onPage;
    this.onBusy = onBusy;
    window.addEventListener('online', () => this.#timer && this.#retryNow());
  }

  /** Asks for the next page, unless one is on its way or a failure asks for patience. */
  async fill() {
    if (this.#running || this.#timer || this.exhausted) return;
    this.#running = true;
    this.onBusy(true);
    const { signal } = this.#abort;
    try {
      const page = await this.fetchPage(signal);
      if (signal.aborted) return;
      this.#failures = 0;
      this.exhausted = page.exhausted;
      this.onPage(page);
    } catch (error) {
      if (!signal.aborted && error.name !== 'AbortError') this.#failed(error);
    } finally {
      if (!signal.aborted) {
        this.#running = false;
        this.onBusy(false);
      }
    }
  }

  /** Forgets what is on its way: another feed begins, or this one begins anew. */
  reset() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#clearTimer();
    this.#running = false;
    this.#failures = 0;
    this.exhausted = false;
  }

  #failed(error) {
    this.#failures += 1;
    const delay = retryDelay(this.#failures, error);
    this.#timer = setTimeout(() => this.#retryNow(), delay);
    this.#trouble = troubleTail(error, delay, () => this.#retryNow());
    this.deck.setTail(this.#trouble.node);
  }

  #retryNow() {
    this.#clearTimer();
    this.fill();
  }

  #clearTimer() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#trouble?.stop();
    this.#trouble = null;
  }
}
