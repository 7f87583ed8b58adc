import { h } from './dom.js';

const language = document.documentElement.lang || 'en';
const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

const known = (value) => value !== null && value !== undefined && Number.isFinite(Number(value));

/** 12,345 or 3.5; a dash when there is nothing to say. */
export const number = (value) => (known(value) ? plain.format(value) : '–');
/** 12.3K */
export const compact = (value) => (known(value) ? short.format(value) : '–');
/** 0.034 → 3.4 %; a number and its unit stay on one line. */
export const percent = (fraction, digits = 1) => (known(fraction) ? `${(fraction * 100).toFixed(digits)}\u00a0%` : '–');
/** The same for a sentence that came ready-made. */
export const unbroken = (sentence) => sentence.replace(/(\d) %/g, '$1\u00a0%');
/** Points have two decimals everywhere, so that columns line up. */
export const points = (value) => (known(value) ? Number(value).toFixed(2) : '–');

/** Milliseconds as 0:07 or 1:02:03. */
export function duration(ms) {
  const total = Math.max(0, Math.round((ms ?? 0) / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (n) => String(n).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

export function bytes(count) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit += 1; }
  return `${value < 100 ? plain.format(value) : Math.round(value)}\u00a0${units[unit]}`;
}

const steps = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60]];

/** "3 hours ago". `now` lets a page follow the server's clock (a fast-forwarded demo lives in another time). */
export function relativeTime(iso, now = Date.now()) {
  const seconds = (new Date(iso) - new Date(now)) / 1000;
  const step = steps.find(([, length]) => Math.abs(seconds) >= length);
  return step ? relative.format(Math.round(seconds / step[1]), step[0]) : 'just now';
}

export const dateTime = (iso) => full.format(new Date(iso));

/** <time> that reads relatively and shows the exact moment as its tooltip. */
export const timeElement = (iso, now) => h('time', { datetime: iso, title: dateTime(iso) }, relativeTime(iso, now));
