import { h, openDialog } from '../ui.js';

/** The pauses that pages ask for: a viewer under 18 is offered one when its time has come, before the next clip plays. */
export class Pauses {
  #dueAt = null;

  /** @param inMs how long until the next is to be offered, as the last page says; null for none. */
  plan(inMs) {
    if (inMs === null) this.#dueAt = null;
    // One that was not offered yet is not put off by the page that names the next.
    else this.#dueAt = Math.min(this.#dueAt ?? Infinity, performance.now() + inMs);
  }

  /** Stops a clip and offers a pause, if it is time. */
  async offer(clip) {
    if (!this.#isDue) return;
    this.#dueAt = null;
    clip.pause();
    const goOn = h('button.btn', { type: 'button' }, 'Keep watching');
    const rest = h('button.btn.btn-primary', { type: 'button' }, 'Pause');
    const opened = openDialog({ title: 'Time for a pause?', body: h('p.muted', 'You have been watching for a while. Your place in the feed is kept.'), foot: [goOn, rest] });
    goOn.addEventListener('click', () => opened.close('go on'));
    rest.addEventListener('click', () => opened.close());
    rest.focus();
    if ((await opened.closed) === 'go on') clip.play();
  }

  get #isDue() { return this.#dueAt !== null && performance.now() >= this.#dueAt; }
}
