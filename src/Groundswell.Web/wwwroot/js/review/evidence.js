// Why this clip waits for a person: each flag with how sure the machine was and what it measured.
import { h, icon, replace } from '../ui/dom.js';
import { percent, timeElement } from '../ui/format.js';
import { meterRow } from '../ui/charts.js';
import { namedNumber } from '../ui/measures.js';
import { ageMark } from './age-mark.js';

export function showEvidence(root, item) {
  replace(root, h('div.stack',
    h('div.card.stack',
      h('p.review-caption', markTerms(item.caption || 'No caption', blockedTerms(item))),
      h('p.muted.small', 'By ', h('strong', item.creator.name), ' · waiting since ', timeElement(item.waiting_since)),
      ageMark(item)),
    item.appeal && appealCard(item.appeal),
    item.duplicate_of && duplicateCard(item),
    flagsCard(item.flags)));
}

const flagsCard = (flags) => h('section.card', h('h3', 'What the machine noticed'),
  flags.length === 0
    ? h('p.muted', 'Nothing by itself. It waits because a person was asked to look.')
    : h('ul.flags', flags.map((flag) => h('li.flag', { dataset: { code: flag.code } },
      h('p', flag.text),
      meterRow('Confidence', flag.confidence, percent(flag.confidence, 0), { accent: flag.confidence >= 0.8 }),
      measured(flag.evidence)))));

function measured(evidence) {
  const named = Object.entries(evidence ?? {}).map(([name, value]) => namedNumber(name, value));
  return named.length > 0 && h('dl.measured', named.map(({ label, value }) => h('div', h('dt', label), h('dd', value))));
}

const appealCard = ({ note, at }) => h('section.notice', icon('comment'),
  h('div', h('h3', 'The creator appeals'), h('blockquote', note), h('p.muted.small', timeElement(at))));

function duplicateCard(item) {
  const side = (title, poster, url) => h('figure', h('figcaption.small', title),
    h('video', { src: url, poster, muted: true, loop: true, controls: true, playsinline: true, preload: 'none', 'aria-label': title }));
  const original = item.duplicate_of;
  return h('section.card', h('div.card-head', h('h3', 'Looks like an earlier clip'), h('span.chip.chip-warn', `${percent(original.similarity, 0)} alike`)),
    h('div.side-by-side', side('This clip', item.poster_url, item.video_url), side('The original', original.poster_url, original.video_url)),
    h('a.small', { href: `/studio#${original.video_id}` }, 'Read the original’s journey'));
}

/** The flags name the words; whatever list of words a flag carries is marked. */
function blockedTerms(item) {
  return item.flags.flatMap((flag) => Object.entries(flag.evidence ?? {}))
    .filter(([name, value]) => name.includes('term') && value).flatMap(([, value]) => [value].flat().map(String));
}

/** The caption in pieces, the given words as <mark>. */
export function markTerms(caption, terms) {
  if (terms.length === 0) return [caption];
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(#?(?:${escaped.join('|')}))(?![\\p{L}\\p{N}_])`, 'giu');
  return caption.split(pattern).map((piece, i) => (i % 2 ? h('mark', piece) : piece));
}
