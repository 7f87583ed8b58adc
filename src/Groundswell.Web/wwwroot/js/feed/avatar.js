import { h } from '../ui.js';

// Creators have no pictures: a letter on a colour of the sea, the same one every time for the same name.
const HUES = [14, 32, 168, 188, 204, 222, 248, 344];

export function avatar(name) {
  const sum = [...name].reduce((acc, letter) => (acc * 31 + letter.codePointAt(0)) >>> 0, 7);
  return h('span.avatar', { 'aria-hidden': 'true', style: { '--hue': String(HUES[sum % HUES.length]) } }, (name.trim()[0] ?? '?').toUpperCase());
}
