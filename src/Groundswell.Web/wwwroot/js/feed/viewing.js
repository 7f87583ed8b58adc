import { sound } from './sound.js';
import { Watch } from './watch.js';

/**
 * Turns what happens to one clip into events: one impression and one play_start for a served slot, and one play_end
 * each time the clip is left after something of it was played. The numbers of a later play_end include the earlier.
 */
export class Viewing {
  #impressed = false;
  #started = false;
  #reportedMs = -1;
  #video = null;

  constructor(item, events) {
    this.item = item;
    this.events = events;
    this.watch = new Watch({
      durationMs: item.duration_ms,
      onHeartbeat: (numbers) => events.record('heartbeat', item, { ...numbers, muted: sound.muted, hidden: document.hidden }),
    });
  }

  impression() {
    if (this.#impressed) return;
    this.#impressed = true;
    this.events.record('impression', this.item, { hidden: document.hidden });
  }

  begin(video) {
    if (this.#video === video) return;
    this.#video = video;
    this.watch.follow(video);
    if (this.#started) return;
    // The first frame on screen, not the first byte. Without the callback, `playing` is the nearest there is.
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(() => this.#start(video));
    video.addEventListener('playing', () => this.#start(video), { once: true });
  }

  #start(video) {
    // A preloaded element paints its first frame while it stands: that is not a start. `playing` follows.
    if (this.#started || this.#video !== video || video.paused) return;
    this.#started = true;
    this.events.record('play_start', this.item, { muted: sound.muted, hidden: document.hidden });
  }

  /** @param {'swipe'|'exit'|'background'|'error'} reason */
  end(reason) {
    if (!this.#video) return;
    this.watch.unfollow();
    this.#video = null;
    const numbers = this.watch.snapshot();
    // A clip that never showed a frame was an impression and no more, except that it failed.
    if (!this.#started && reason !== 'error') return;
    if (numbers.total_ms <= this.#reportedMs) return;
    this.#reportedMs = numbers.total_ms;
    this.events.record('play_end', this.item, { ...numbers, end_reason: reason, muted: sound.muted, hidden: document.hidden });
  }
}
