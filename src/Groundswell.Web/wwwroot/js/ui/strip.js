// A poster that shows the clip's ten frames as the pointer moves over it, or one after another while
// the keyboard is on it. The strip is one picture, so scrubbing needs no video to load.
import { h } from './dom.js';
import { duration } from './format.js';

const FRAMES = 10;
const FRAME_MS = 320;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** @param video { poster_url, strip_url?, duration_ms? } @param focusable the element in which keyboard focus plays the strip */
export function thumbnail(video, focusable = null) {
  const strip = h('span.thumb-strip');
  const mark = h('span.thumb-mark');
  const node = h('div.thumb', { 'aria-hidden': 'true' },
    h('img', { src: video.poster_url, alt: '', loading: 'lazy', decoding: 'async' }), strip, mark,
    video.duration_ms ? h('span.thumb-length', duration(video.duration_ms)) : null);
  // A poster exists only once the clip has been decoded.
  node.firstChild.addEventListener('error', (event) => { event.target.hidden = true; });
  if (video.strip_url) scrub(node, { strip, mark, url: video.strip_url, focusable });
  return node;
}

function scrub(node, { strip, mark, url, focusable }) {
  let timer = null;
  const show = (frame) => {
    if (!strip.style.backgroundImage) strip.style.backgroundImage = `url("${url}")`;
    strip.style.backgroundPosition = `${(frame / (FRAMES - 1)) * 100}% 0`;
    mark.style.left = `${frame * 10}%`;
    node.classList.add('is-scrubbing');
  };
  const rest = () => { clearInterval(timer); node.classList.remove('is-scrubbing'); };
  node.addEventListener('pointermove', (event) => {
    const box = node.getBoundingClientRect();
    show(Math.min(FRAMES - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * FRAMES))));
  });
  node.addEventListener('pointerleave', rest);
  focusable?.addEventListener('focusout', rest);
  focusable?.addEventListener('focusin', (event) => {
    if (calm.matches || !event.target.matches(':focus-visible')) return;
    let frame = 0;
    clearInterval(timer);
    show(0);
    timer = setInterval(() => show(frame = (frame + 1) % FRAMES), FRAME_MS);
  });
}
