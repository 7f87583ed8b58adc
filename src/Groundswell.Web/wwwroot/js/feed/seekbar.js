import { duration } from '../ui/format.js';
import { h } from '../ui.js';

/** The thin line under a clip: shows the position, and takes it from mouse, finger or arrow keys. */
export class Seekbar {
  #video = null;
  #frame = null;
  #dragging = false;

  constructor({ durationMs, beforeSeek }) {
    this.durationMs = durationMs;
    this.input = h('input', {
      type: 'range', min: '0', max: '1000', step: '1', value: '0', 'aria-label': 'Position in the clip',
      oninput: () => this.#seek(beforeSeek),
      onpointerdown: () => { this.#dragging = true; },
      onpointerup: () => { this.#dragging = false; },
      onpointercancel: () => { this.#dragging = false; },
    });
    this.time = h('span.seek-time', { 'aria-hidden': 'true' });
    this.element = h('div.seek', this.time, this.input);
    this.#show(0);
  }

  follow(video) {
    this.#video = video;
    cancelAnimationFrame(this.#frame);
    if (!video) return;
    // timeupdate comes four times a second, which limps on a short clip.
    const draw = () => {
      if (video.duration && !this.#dragging) this.#show(video.currentTime / video.duration);
      this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  #seek(beforeSeek) {
    const fraction = Number(this.input.value) / 1000;
    if (this.#video?.duration) {
      beforeSeek();
      this.#video.currentTime = fraction * this.#video.duration;
    }
    this.#show(fraction);
  }

  #show(fraction) {
    const text = `${duration(fraction * this.durationMs)} / ${duration(this.durationMs)}`;
    this.element.style.setProperty('--played', fraction.toFixed(4));
    if (!this.#dragging) this.input.value = Math.round(fraction * 1000);
    if (this.time.textContent === text) return;
    this.time.textContent = text;
    this.input.setAttribute('aria-valuetext', text);
  }
}
