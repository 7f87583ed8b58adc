import { get } from '../api.js';
import { Feed } from './feed.js';
import { onKeys, openHelp } from './keys.js';
import { sound } from './sound.js';
import { whenReady } from './splash.js';

const root = document.querySelector('[data-feed]');
const feed = new Feed(root);
const { deck, act } = feed;

/** Runs an action on the clip on screen, if one is. */
const onCurrent = (action) => () => deck.current && action(deck.current.item);
const next = () => deck.go(1);
const previous = () => deck.go(-1);

onKeys({
  arrowdown: next, j: next, pagedown: next,
  arrowup: previous, k: previous, pageup: previous,
  space: () => deck.current?.togglePlay(),
  m: () => sound.toggle(),
  l: onCurrent(act.like),
  c: onCurrent(act.comment),
  s: onCurrent(act.share),
  f: onCurrent(act.follow),
  n: onCurrent(act.notInterested),
  w: onCurrent(act.why),
  '?': openHelp,
});
root.querySelector('[data-next]').addEventListener('click', next);
root.querySelector('[data-previous]').addEventListener('click', previous);
root.querySelector('[data-help]').addEventListener('click', openHelp);
root.querySelector('[data-taste]').addEventListener('click', () => feed.openTaste());

// Without an answer the server still honours the viewer's choice; asking only lets the request say it plainly.
const taste = get('/v1/taste').catch(() => null);
await whenReady(document.querySelector('[data-splash]'));
feed.start({ firstVideo: root.dataset.first || null, personalised: (await taste)?.personalised ?? true });
