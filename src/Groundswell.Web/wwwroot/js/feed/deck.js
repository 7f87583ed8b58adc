import { onWheelStep } from './gestures.js';

/** Clips around the current one that own a <video>: two behind for going back, three ahead; six in all. */
const BEHIND = 2;
const AHEAD = 3;
const EAGER_AHEAD = 2;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * The scrolling column. It knows which clip is on screen and which ones may hold a <video>; what a clip is
 * and where clips come from is other people's business.
 */
export class Deck {
  #target = 0;
  #onScreen = null;

  constructor(scroller, { onEnter, onVisible }) {
    this.scroller = scroller;
    this.clips = [];
    /** The clip on screen; null on the tail and before the first. */
    this.current = null;
    this.index = -1;
    this.tail = null;
    this.onEnter = onEnter;
    this.onVisible = onVisible;
    this.observer = new IntersectionObserver((entries) => this.#seen(entries), { root: scroller, threshold: [0.5, 0.8] });
    onWheelStep(scroller, (direction) => this.go(direction));
    // Turning the phone or resizing the window changes every height: stay on the clip that was there.
    new ResizeObserver(() => this.#onScreen && this.#scrollTo(this.#onScreen, 'instant')).observe(scroller);
  }

  get left() { return this.clips.length - 1 - this.index; }

  append(clips) {
    for (const clip of clips) {
      this.clips.push(clip);
      if (this.tail) this.tail.before(clip.element);
      else this.scroller.append(clip.element);
      this.observer.observe(clip.element);
    }
    this.#share();
  }

  /** What stands after the last clip: a message, or nothing. */
  setTail(node) {
    if (this.tail) { this.observer.unobserve(this.tail); this.tail.remove(); }
    // Standing on the tail, the viewer now stands on whatever takes its place.
    if (this.#onScreen === this.tail) this.#onScreen = null;
    this.tail = node;
    if (!node) return;
    this.scroller.append(node);
    this.observer.observe(node);
  }

  /** Drops every clip after the current one and returns their items. */
  cutAhead() {
    const dropped = this.clips.splice(this.index + 1);
    dropped.forEach((clip) => this.#drop(clip));
    return dropped.map((clip) => clip.item);
  }

  clear(reason) {
    this.current?.leave(reason);
    this.clips.splice(0).forEach((clip) => this.#drop(clip));
    this.setTail(null);
    this.current = null;
    this.#onScreen = null;
    this.index = -1;
    this.#target = 0;
    this.scroller.scrollTop = 0;
  }

  /** Moves by whole clips; quick presses add up although the first scroll still runs. */
  go(direction) {
    const stops = this.clips.length + (this.tail ? 1 : 0);
    const target = Math.min(stops - 1, Math.max(0, this.#target + direction));
    if (target < 0 || target === this.#target) return;
    this.#target = target;
    this.#scrollTo(this.clips[target]?.element ?? this.tail, calm.matches ? 'instant' : 'smooth');
  }

  // Not scrollIntoView: that would move the page around the column too.
  #scrollTo(element, behavior) { this.scroller.scrollTo({ top: element.offsetTop, behavior }); }

  #drop(clip) {
    this.observer.unobserve(clip.element);
    clip.unload();
    clip.element.remove();
  }

  #seen(entries) {
    for (const { target, intersectionRatio } of entries) {
      if (intersectionRatio < 0.5) continue;
      const index = target === this.tail ? this.clips.length : this.clips.findIndex((clip) => clip.element === target);
      if (index < 0) continue;
      if (index < this.clips.length) this.onVisible(this.clips[index]);
      if (target !== this.#onScreen) this.#enter(index, target);
    }
  }

  #enter(index, element) {
    const hadFocus = this.scroller.contains(document.activeElement) && document.activeElement !== this.scroller;
    this.current?.leave('swipe');
    this.current = this.clips[index] ?? null;
    this.#onScreen = element;
    this.index = index;
    this.#target = index;
    this.#share();
    this.current?.enter();
    // The clip that was left becomes inert and would drop the focus to the top of the page.
    if (hadFocus) element.focus({ preventScroll: true });
    this.onEnter(this.current);
  }

  #share() {
    const from = Math.max(0, this.index);
    const saving = navigator.connection?.saveData === true;
    this.clips.forEach((clip, i) => {
      const distance = i - from;
      if (distance < -BEHIND || distance > (saving ? 1 : AHEAD)) clip.unload();
      else clip.load(!saving && distance >= 0 && distance <= EAGER_AHEAD);
    });
  }
}
