// How much of a clip was really played: measured from the position of the playing element, never from the clock alone.

const HEARTBEAT_MS = 5000;
const MOST_RANGES = 64;
/** timeupdate comes about four times a second; a step may exceed the clock by this much and still be playing. */
const SLACK_S = 0.35;

/** Adds [from, to] to a sorted list of disjoint ranges, merging what touches. */
export function addRange(ranges, from, to) {
  if (!(to > from)) return ranges;
  const apart = ranges.filter(([a, b]) => b < from - 0.01 || a > to + 0.01);
  const touching = ranges.filter(([a, b]) => !(b < from - 0.01 || a > to + 0.01));
  const merged = [Math.min(from, ...touching.map(([a]) => a)), Math.max(to, ...touching.map(([, b]) => b))];
  return [...apart, merged].sort(([a], [b]) => a - b);
}

/**
 * The ranges in whole milliseconds, at most as many as one report may carry: the server makes the union of all reports, so
 * that whichever are left out, the shortest, are only ever missing.
 */
export function reportable(ranges, durationMs) {
  return [...ranges].sort(([a, b], [c, d]) => (d - c) - (b - a)).slice(0, MOST_RANGES).sort(([a], [c]) => a - c)
    .map(([from, to]) => [Math.round(from * 1000), Math.min(durationMs, Math.round(to * 1000))]);
}

export const covered = (ranges) => ranges.reduce((sum, [a, b]) => sum + (b - a), 0);

/**
 * Follows one <video> for as long as its clip is served. The sums go on when the viewer comes back to the clip,
 * because completion is about the union of everything played of it.
 */
export class Watch {
  #video;
  #ranges = [];
  #totalS = 0;
  #maxS = 0;
  #loops = 0;
  #at = null;
  #clock = 0;
  #beatMs = 0;
  #beating = null;
  #onHeartbeat;

  constructor({ durationMs, onHeartbeat, now = () => performance.now() }) {
    this.durationMs = durationMs;
    this.#onHeartbeat = onHeartbeat;
    this.now = now;
  }

  follow(video) {
    this.#video = video;
    this.#forgetPosition();
    video.addEventListener('timeupdate', this.#tick);
    video.addEventListener('pause', this.#tickAndForget);
    video.addEventListener('playing', this.#tick);
    this.#beating = setInterval(this.#beat, HEARTBEAT_MS);
  }

  unfollow() {
    this.#tick();
    clearInterval(this.#beating);
    const video = this.#video;
    if (!video) return;
    video.removeEventListener('timeupdate', this.#tick);
    video.removeEventListener('pause', this.#tickAndForget);
    video.removeEventListener('playing', this.#tick);
    this.#video = null;
  }

  /** To be called right before the viewer moves the position: a jump is not playing. */
  beforeSeek() {
    this.#tick();
    this.#forgetPosition();
  }

  get totalMs() { return Math.round(this.#totalS * 1000); }

  snapshot() {
    return {
      played_ms: Math.min(this.durationMs, Math.round(covered(this.#ranges) * 1000)),
      total_ms: this.totalMs,
      max_position_ms: Math.min(this.durationMs, Math.round(this.#maxS * 1000)),
      duration_ms: this.durationMs,
      loops: this.#loops,
      ranges: reportable(this.#ranges, this.durationMs),
    };
  }

  #forgetPosition() { this.#at = null; }

  #mark = () => {
    this.#at = this.#video.currentTime;
    this.#clock = this.now();
  };

  #tickAndForget = () => {
    this.#tick();
    this.#forgetPosition();
  };

  #tick = () => {
    const video = this.#video;
    if (!video) return;
    // While the element seeks, its position is where it wants to be and not what was shown. A wrap of `loop` is
    // such a seek too; the step is taken at the first position after it.
    if (video.seeking) return;
    if (this.#at === null) {
      if (!video.paused) this.#mark();
      return;
    }
    const end = video.duration || this.durationMs / 1000;
    const position = video.currentTime;
    // Only we move the position, and we say so: going back without notice is the loop starting over.
    const wrapped = position < this.#at;
    const steps = wrapped ? [[this.#at, end], [0, position]] : [[this.#at, position]];
    const length = covered(steps);
    const possible = ((this.now() - this.#clock) / 1000) * video.playbackRate + SLACK_S;
    if (length <= possible) {
      steps.forEach(([from, to]) => { this.#ranges = addRange(this.#ranges, from, to); });
      this.#totalS += length;
      this.#maxS = Math.max(this.#maxS, steps[0][1]);
      if (wrapped) this.#loops += 1;
    }
    this.#mark();
  };

  /** Every five seconds, as long as something of it has played: should the page be killed, no more than that is lost. */
  #beat = () => {
    this.#tick();
    if (this.totalMs <= this.#beatMs) return;
    this.#beatMs = this.totalMs;
    this.#onHeartbeat(this.snapshot());
  };
}
