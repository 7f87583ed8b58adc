import { h, icon } from '../ui.js';

/** The caption with its hashtags marked; tags that the text does not contain follow it. */
export function captionNodes(item) {
  const parts = (item.caption ?? '').split(/(#[\p{L}\p{N}_]+)/u).filter(Boolean);
  const inText = new Set(parts.filter((part) => part[0] === '#').map((part) => part.slice(1).toLowerCase()));
  const more = (item.hashtags ?? []).map((tag) => tag.replace(/^#/, '')).filter((tag) => !inText.has(tag.toLowerCase()));
  const challenge = item.challenge;
  const tagNode = (text) => (challenge?.hashtags.includes(text.slice(1).toLowerCase())
    ? h('a.tag', { href: `/challenges/${challenge.slug}` }, text)
    : h('span.tag', text));
  return [
    ...parts.map((part) => (part[0] === '#' ? tagNode(part) : part)),
    ...more.flatMap((tag) => [' ', tagNode(`#${tag}`)]),
  ];
}

/** The challenge that the clip takes part in, as a way there. */
export const challengeChip = ({ challenge }) => challenge
  && h('a.chip.challenge-chip', { href: `/challenges/${challenge.slug}`, 'aria-label': `Challenge: ${challenge.title}` }, icon('challenge'), h('span', challenge.title));

export const labelChip = (item) => {
  if (item.label === 'new') return h('span.chip.label-chip', 'New: in its first test audience');
  if (item.label === 'boosted') return h('span.chip.label-chip', icon('megaphone'), 'Promoted by the operator');
  return null;
};

export const soundLine = (item) => item.sound?.title
  && h('p.sound-line', icon('music'), h(item.sound.title.length > 28 ? 'span.ticker.ticker-long' : 'span.ticker', h('span', { 'data-text': item.sound.title }, item.sound.title)));

/** What stands over the picture: label, creator, caption that unfolds, sound. */
export function captionBlock(item, titleId) {
  const text = h('p.caption-text', captionNodes(item));
  const more = h('button.caption-more', { type: 'button', 'aria-expanded': 'false', hidden: true, onclick: () => {
    const open = text.classList.toggle('open');
    more.setAttribute('aria-expanded', String(open));
    more.textContent = open ? 'less' : 'more';
  } }, 'more');
  // Only a caption that is cut off needs the button, and only a laid out one can tell.
  new ResizeObserver(() => {
    if (!text.classList.contains('open')) more.hidden = text.scrollHeight <= text.clientHeight + 1;
  }).observe(text);
  return h('div.clip-text', labelChip(item), challengeChip(item), h('h2.clip-creator', { id: titleId }, item.creator.name), text, more, soundLine(item));
}
