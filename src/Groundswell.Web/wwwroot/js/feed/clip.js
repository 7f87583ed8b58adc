import { h, icon } from '../ui.js';
import { captionBlock } from './caption.js';
import { onTaps } from './gestures.js';
import { Rail } from './rail.js';
import { Seekbar } from './seekbar.js';
import { sound } from './sound.js';
import { Viewing } from './viewing.js';

/** Wider than this, a picture is shown whole on its own blurred poster instead of being cropped. */
const COVER_UP_TO = 0.66;

/** One clip of the feed: its article, and the <video> that exists only while the clip is near. */
export class Clip {
  #wantsToPlay = false;

  constructor(item, { index, act, events, onFailure }) {
    this.item = item;
    this.viewing = new Viewing(item, events);
    this.onFailure = onFailure;
    this.video = null;
    this.seekbar = new Seekbar({ durationMs: item.duration_ms, beforeSeek: () => this.viewing.watch.beforeSeek() });
    this.rail = new Rail(item, act);
    this.tap = h('button.clip-tap', { type: 'button', 'aria-label': 'Pause' });
    onTaps(this.tap, { single: () => this.togglePlay(), double: (event) => { this.#heart(event); act.likeOnly(item); } });
    this.soundButton = item.has_audio
      ? h('button.sound-btn', { type: 'button', onclick: () => sound.toggle() }, h('span', icon('sound-off')), h('span.sound-text', 'Tap for sound'))
      : h('span.sound-btn.sound-none', icon('sound-off'), h('span', 'No sound'));
    this.element = this.#article(index);
    this.showSound();
  }

  #article(index) {
    const { item } = this;
    const titleId = `clip-${index}-title`;
    const whole = item.width / item.height > COVER_UP_TO;
    const poster = (className) => h(className, { src: item.poster_url, alt: '', loading: 'lazy', decoding: 'async' });
    this.picture = h('div.clip-picture', poster('img.clip-poster'));
    this.frame = h('div.clip-frame', { class: whole ? 'whole' : '' },
      poster('img.clip-backdrop'), this.picture, h('div.clip-shade'), this.tap,
      h('span.clip-glyph', { 'aria-hidden': 'true' }, icon('play')), h('span.clip-wait', { 'aria-hidden': 'true' }),
      this.soundButton, captionBlock(item, titleId), this.seekbar.element);
    return h('article.clip', {
      tabindex: '-1', inert: true, 'aria-labelledby': titleId, 'aria-posinset': index + 1, 'aria-setsize': -1,
      dataset: { videoId: item.video_id, genre: item.genres?.[0]?.name ?? '', position: String(index), source: item.source },
    }, this.frame, this.rail.element);
  }

  /** Gives the clip its <video>. `eager` fetches the data, otherwise only what is needed to start. */
  load(eager) {
    if (!this.video) {
      this.video = h('video', {
        src: this.item.video_url, loop: true, playsinline: true, muted: sound.muted,
        disablepictureinpicture: true, 'aria-hidden': 'true', tabindex: '-1',
        onplaying: () => this.#mark({ playing: true, waiting: false }),
        onwaiting: () => this.#mark({ waiting: true }),
        onerror: () => this.#fail(),
      });
      this.picture.append(this.video);
    }
    this.video.preload = eager ? 'auto' : 'metadata';
  }

  /** Takes the <video> away and frees its buffers; the poster stands in. */
  unload() {
    const { video } = this;
    if (!video) return;
    this.video = null;
    this.seekbar.follow(null);
    video.onerror = null;
    video.pause();
    video.removeAttribute('src');
    video.load();
    video.remove();
    this.frame.classList.remove('playing', 'waiting');
  }

  /** The clip becomes the one on screen. */
  enter() {
    this.element.inert = false;
    this.element.classList.add('current');
    this.load(true);
    this.play();
  }

  play() {
    this.#wantsToPlay = true;
    this.viewing.begin(this.video);
    this.seekbar.follow(this.video);
    this.#mark({ paused: false });
    this.#start();
  }

  async #start() {
    const { video } = this;
    video.muted = sound.muted;
    try {
      await video.play();
    } catch (error) {
      if (!this.#wantsToPlay || video !== this.video || error.name !== 'NotAllowedError') return;
      if (!video.muted) {
        sound.refused();
        this.#start();
      } else {
        // Not even silent playing is allowed (a power saving mode): the viewer starts it.
        this.#mark({ paused: true });
      }
    }
  }

  pause() {
    this.#wantsToPlay = false;
    this.video?.pause();
    this.#mark({ paused: true, waiting: false });
  }

  get paused() { return this.frame.classList.contains('paused'); }

  togglePlay() {
    if (this.paused) this.play();
    else this.pause();
  }

  /** The clip is no longer the one on screen, or the page is not. */
  leave(reason) {
    this.#wantsToPlay = false;
    this.viewing.end(reason);
    this.video?.pause();
    this.seekbar.follow(null);
    if (reason === 'background') return;
    this.element.inert = true;
    this.element.classList.remove('current');
    this.#mark({ paused: false, waiting: false });
    // Coming back starts at the beginning, as turning a page does.
    if (this.video?.readyState) this.video.currentTime = 0;
  }

  showSound() {
    if (this.video) this.video.muted = sound.muted;
    if (!this.item.has_audio) return;
    this.soundButton.setAttribute('aria-label', sound.muted ? 'Tap for sound' : 'Turn the sound off');
    this.soundButton.classList.toggle('on', !sound.muted);
    this.soundButton.querySelector('use').setAttribute('href', `/assets/img/icons.svg#sound-${sound.muted ? 'off' : 'on'}`);
    this.soundButton.querySelector('.sound-text').hidden = !sound.muted;
  }

  #mark(states) {
    Object.entries(states).forEach(([name, on]) => this.frame.classList.toggle(name, on));
    if ('paused' in states) this.tap.setAttribute('aria-label', states.paused ? 'Play' : 'Pause');
  }

  #fail() {
    // Only what is on screen was really tried; a failed preload is tried again when its turn comes.
    if (!this.#wantsToPlay) { this.unload(); return; }
    this.viewing.end('error');
    this.#mark({ waiting: false, failed: true });
    this.onFailure(this);
  }

  #heart({ clientX, clientY }) {
    const box = this.frame.getBoundingClientRect();
    const heart = h('span.heart-burst', { 'aria-hidden': 'true', style: { left: `${clientX - box.left}px`, top: `${clientY - box.top}px` } }, icon('heart-solid'));
    this.frame.append(heart);
    setTimeout(() => heart.remove(), 900);
  }
}
