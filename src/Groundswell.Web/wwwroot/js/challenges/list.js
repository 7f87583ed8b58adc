import { get } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { emptyState, errorState } from '../ui/states.js';
import { deadline, risingChip, tagChips, tally } from './parts.js';

const list = document.getElementById('challenges');
const none = document.getElementById('challenges-none');

const card = (challenge) => h('li.challenge-card', { dataset: { status: challenge.status, slug: challenge.slug } },
  h('div.card-posters', { 'aria-hidden': 'true' }, challenge.poster_urls.map((url) => h('img', { src: url, alt: '', loading: 'lazy', decoding: 'async' }))),
  h('div.card-words',
    h('div.row', deadline(challenge), challenge.rising && risingChip()),
    h('h2', h('a.card-link', { href: `/challenges/${challenge.slug}` }, challenge.title)),
    h('p.card-about', challenge.description),
    h('div.row.card-tags', tagChips(challenge.hashtags)),
    h('p.card-tally.num', tally(challenge))));

async function show() {
  none.hidden = true;
  replace(list, [1, 2, 3].map(() => h('li.skeleton.card-skeleton')));
  try {
    const { challenges } = await get('/v1/challenges');
    replace(list, challenges.map(card));
    none.hidden = challenges.length > 0;
    if (challenges.length === 0) replace(none, emptyState('No challenge yet', 'When the operator opens one, it stands here.', h('a.btn.btn-primary', { href: '/' }, 'Go to the feed')));
  } catch (error) {
    replace(list);
    none.hidden = false;
    replace(none, errorState(error, show));
  }
  list.removeAttribute('aria-busy');
}

show();
