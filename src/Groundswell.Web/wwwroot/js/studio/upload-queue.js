// The order of uploads. One file at a time: two at once would halve each other's speed, and the
// first would reach its test batch later.
import { send } from './transfer.js';

/** Draft states: editing → queued → sending → sent (the server has it) | failed; refused before anything was sent. */
export class UploadQueue {
  #drafts = [];
  #sending = null;
  #onChange;
  #nextKey = 1;

  constructor({ onChange }) {
    this.#onChange = onChange;
  }

  get drafts() { return this.#drafts; }
  get busy() { return this.#sending !== null; }

  add(file, refusal = null, caption = '') {
    const draft = {
      key: this.#nextKey++, file, caption, sound: '', originalSound: false,
      state: refusal ? 'refused' : 'editing', problem: refusal, transfer: null, videoId: null,
    };
    this.#drafts.push(draft);
    this.#onChange(draft);
    return draft;
  }

  refuse(draft, problem) {
    if (draft.state !== 'editing') return;
    this.#move(draft, 'refused', { problem });
  }

  submit(draft) {
    if (draft.state !== 'editing' && draft.state !== 'failed') return;
    this.#move(draft, 'queued', { problem: null });
    this.#sendNext();
  }

  /** Stops a transfer or takes a waiting draft out of the line; what was written stays, to be sent again. */
  cancel(draft) {
    if (draft === this.#sending) draft.abort.abort();
    else if (draft.state === 'queued') this.#move(draft, 'editing');
  }

  remove(draft) {
    if (draft === this.#sending) return;
    this.#drafts = this.#drafts.filter((other) => other !== draft);
    this.#onChange(draft);
  }

  async #sendNext() {
    if (this.#sending) return;
    const draft = this.#drafts.find((candidate) => candidate.state === 'queued');
    if (!draft) return;
    this.#sending = draft;
    draft.abort = new AbortController();
    this.#move(draft, 'sending', { transfer: { fraction: 0, bytesPerSecond: null, secondsLeft: null } });
    try {
      const answer = await send(draft, {
        signal: draft.abort.signal,
        onProgress: (transfer) => this.#move(draft, 'sending', { transfer }),
      });
      this.#move(draft, 'sent', { videoId: answer.video_id, transfer: null });
    } catch (problem) {
      if (problem.name === 'AbortError') this.#move(draft, 'editing', { transfer: null });
      else this.#move(draft, 'failed', { problem, transfer: null });
    } finally {
      this.#sending = null;
      this.#sendNext();
    }
  }

  #move(draft, state, change = {}) {
    Object.assign(draft, change, { state });
    this.#onChange(draft);
  }
}
