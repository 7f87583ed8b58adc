// What the list of challenges and the page of one have in common.
import { h, icon } from '../ui/dom.js';
import { compact, dateTime, relativeTime } from '../ui/format.js';
import { plural } from '../ui/measures.js';

const days = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'auto' });
const DAY_MS = 86_400_000;

/** "in 10 days", not "next week": a deadline is counted in days. */
const inDays = (iso) => {
  const left = (new Date(iso) - Date.now()) / DAY_MS;
  return Math.abs(left) < 1 ? relativeTime(iso) : days.format(Math.round(left), 'day');
};

/** When it opens or closes, in words; the exact moment as a tooltip. */
export function deadline({ status, opens, closes }) {
  const [word, iso] = status === 'upcoming' ? ['Opens', opens] : [status === 'open' ? 'Closes' : 'Closed', closes];
  return h('span.deadline', icon('clock'), h('time', { datetime: iso, title: dateTime(iso) }, `${word} ${inDays(iso)}`));
}

export const tagChips = (hashtags) => hashtags.map((tag) => h('span.chip.tag-chip', `#${tag}`));

export const risingChip = () => h('span.chip.rising-chip', icon('trend'), 'Rising');

/** 12 clips by 9 creators · 340 viewers this week */
export const tally = ({ videos, participants, viewers }) => (videos === 0
  ? 'Nobody takes part yet'
  : `${plural(videos, 'clip')} by ${plural(participants, 'creator')} · ${compact(viewers)} ${viewers === 1 ? 'viewer' : 'viewers'} this week`);

/** Where a creator takes part: the studio, with the hashtag written already. */
export const takePartAddress = (slug) => `/studio?challenge=${encodeURIComponent(slug)}`;
