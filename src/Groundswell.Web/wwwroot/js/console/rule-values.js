// A rule's value as a person reads it, as a field holds it, and as the document of rules says it.
import { number } from '../ui/format.js';
import { span, words } from '../ui/measures.js';

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** "7.00:00:00" → 604800; null for what is no duration. */
export function seconds(text) {
  const parts = /^(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(text ?? '');
  if (!parts) return null;
  const [days, hours, minutes, rest] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + rest;
}

/** What a reader sees. */
export function read(item, value) {
  if (value === null) return 'not set';
  switch (item.kind) {
    case 'switch': return value ? 'on' : 'off';
    case 'whole': case 'number': return value.toLocaleString('en', { maximumFractionDigits: 6 });
    case 'time': return seconds(value) === null ? value : span(seconds(value));
    case 'numbers': return value.map((one) => number(one)).join(' → ');
    case 'texts': return value.length ? value.join(', ') : 'none';
    case 'choice': return words(value);
    default: return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

/** What a field holds. */
export function written(item, value) {
  if (value === null) return '';
  if (item.kind === 'numbers' || item.kind === 'texts') return value.join(', ');
  return item.kind === 'structure' ? JSON.stringify(value) : value;
}

/** What a field means. Whatever cannot be read goes on as it is: the server says what is wrong with it. */
export function meant(item, text) {
  const trimmed = typeof text === 'string' ? text.trim() : text;
  if (trimmed === '' && item.may_be_null) return null;
  switch (item.kind) {
    case 'switch': return Boolean(text);
    case 'whole': case 'number': return readNumber(trimmed);
    case 'numbers': return trimmed === '' ? [] : trimmed.split(/[,→]/).map((part) => readNumber(part.trim()));
    case 'texts': return trimmed.split(',').map((part) => part.trim()).filter(Boolean);
    case 'structure': try { return JSON.parse(trimmed); } catch { return trimmed; }
    default: return trimmed;
  }
}

const readNumber = (text) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text);

/** The document that says these values: only what differs from the rules as shipped. */
export function documentOf(items, valueOf) {
  const document = {};
  for (const item of items) {
    const value = valueOf(item);
    if (same(value, item.default)) continue;
    const path = item.path.split('.');
    const group = path.slice(0, -1).reduce((at, name) => (at[name] ??= {}), document);
    group[path.at(-1)] = value;
  }
  return document;
}

/** A rule's name below its first group: "checks › own view". */
export const nameOf = (item) => words(item.path.split('.').slice(1).join(' › '));
export const groupOf = (item) => item.path.split('.')[0];
