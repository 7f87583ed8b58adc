import { h, icon, mark } from '../ui.js';

// What stands where the next clip would: the end, a failure that mends itself, or the wait for the next page.

const card = (className, ...children) =>
  h('article.clip.tail', { tabindex: '-1', class: className }, h('div.clip-frame.tail-frame', children));

export const loadingTail = () => card('tail-loading',
  h('div.tail-skeleton', { role: 'status' }, h('span.vh', 'Loading clips'), h('span.skeleton'), h('span.skeleton'), h('span.skeleton')));

const endings = {
  following: ['All caught up', 'You have seen everything new from the people you follow. Follow more creators and their clips gather here.'],
  latest: ['That was the latest', 'You have seen every recent clip. New ones appear here as soon as they pass review.'],
  default: ['You have seen it all', 'Every clip for you has had its moment. New ones arrive as people publish; until then, favourites bear a second look.'],
};

export function endTail(mode, { watchAgain, refresh, switchToForYou }) {
  const [title, text] = endings[mode] ?? endings.default;
  return card('tail-end', mark(), h('h2', title), h('p', text),
    h('div.stack',
      h('button.btn.btn-primary', { type: 'button', onclick: watchAgain }, icon('refresh'), 'Watch again'),
      mode === 'following' && h('button.btn', { type: 'button', onclick: switchToForYou }, 'Go to For you'),
      h('button.btn.btn-quiet', { type: 'button', onclick: refresh }, 'Look for new clips')));
}

/** Counts down to the next attempt by itself; the button does not wait. Returns { node, stop }. */
export function troubleTail(error, delayMs, retry) {
  const count = h('span');
  const until = performance.now() + delayMs;
  const text = error.status === 0
    ? 'The connection is gone. Your place in the feed is kept.'
    : error.status === 429 ? 'Too many requests came from here. It goes on in a moment.'
      : error.temporary ? 'The server is busy. It goes on in a moment.' : error.detail || error.message;
  const tell = () => { count.textContent = `Trying again in ${Math.max(0, Math.ceil((until - performance.now()) / 1000))} s`; };
  tell();
  const timer = setInterval(tell, 250);
  return {
    node: card('tail-trouble', icon('warning'), h('h2', error.title ?? 'Something went wrong'), h('p', { role: 'alert' }, text),
      h('p.small.faint', count), h('button.btn.btn-primary', { type: 'button', onclick: retry }, icon('refresh'), 'Try now')),
    stop: () => clearInterval(timer),
  };
}
