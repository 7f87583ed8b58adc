// Challenges in the studio: which ones run, and the one that what is chosen next takes part in.
import { get } from '../api.js';
import { h, icon, iconButton, replace } from '../ui/dom.js';
import { relativeTime } from '../ui/format.js';

const MOST = 3;

/**
 * @param root where the running challenges stand
 * @returns {{ caption() }} what a new draft's caption begins with: the chosen challenge's hashtag, or nothing
 */
export function startChallenges(root) {
  let chosen = null;
  let open = [];

  async function load() {
    // Without an answer there is only no invitation.
    const answer = await get('/v1/challenges').catch(() => null);
    open = (answer?.challenges ?? []).filter((one) => one.status === 'open');
    const asked = new URLSearchParams(location.search).get('challenge');
    chosen = open.find((one) => one.slug === asked) ?? null;
    draw();
  }

  function choose(challenge) {
    chosen = challenge;
    draw();
    if (challenge) document.getElementById('choose-videos')?.focus();
  }

  function draw() {
    root.hidden = open.length === 0;
    replace(root, chosen ? taking() : h('div.challenge-invites', h('span.eyebrow', 'Open challenges'), open.slice(0, MOST).map(invite),
      open.length > MOST && h('a.small', { href: '/challenges' }, 'All of them')));
  }

  const invite = (challenge) => h('span.challenge-invite',
    h('a', { href: `/challenges/${challenge.slug}` }, challenge.title),
    h('button.btn.btn-small', { type: 'button', 'aria-label': `#${challenge.hashtags[0]}: take part in ${challenge.title}`, onclick: () => choose(challenge) }, `#${challenge.hashtags[0]}`));

  const taking = () => h('div.notice.challenge-taking', { role: 'status' }, icon('challenge'),
    h('div.grow', h('strong', `Taking part in “${chosen.title}”`),
      h('p', `Clips you choose now begin with #${chosen.hashtags[0]} in their caption. It closes ${relativeTime(chosen.closes)}. `,
        h('a', { href: `/challenges/${chosen.slug}` }, 'See the challenge'))),
    iconButton('close', 'Do not take part', () => choose(null)));

  load();
  return { caption: () => (chosen ? `#${chosen.hashtags[0]} ` : '') };
}
