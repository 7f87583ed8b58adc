// Spans of time and the engine's named numbers, in the words of the studio, the desk and the console.
import { bytes, number, percent } from './format.js';

const known = (value) => typeof value === 'number' && Number.isFinite(value);

/** A span in its two largest units: "2 h 16 min". */
export function span(seconds) {
  if (!known(seconds)) return '–';
  if (seconds > 0 && seconds < 1) return `${Math.round(seconds * 1000)}\u00a0ms`;
  if (seconds < 60) return `${number(Math.round(seconds * 10) / 10)}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours}\u00a0h ${minutes % 60}\u00a0min` : `${hours}\u00a0h`;
  const days = Math.floor(hours / 24);
  return hours % 24 ? `${days}\u00a0d ${hours % 24}\u00a0h` : `${days}\u00a0d`;
}

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** "flashes_per_second" → "flashes per second". */
export const words = (name) => name.replaceAll('_', ' ');

const SHARE = /(^|_)(share|rate|probability|confidence|similarity|fraction)($|_)/;

/** A number the engine measured or decided by, with the unit that its name carries: { label, value }. */
export function namedNumber(name, value) {
  if (Array.isArray(value)) return { label: words(name), value: value.join(', ') };
  if (!known(value)) return { label: words(name), value: value === null ? '–' : String(value) };
  if (name.endsWith('_ms')) return { label: words(name.slice(0, -3)), value: span(value / 1000) };
  if (name.endsWith('_s')) return { label: words(name.slice(0, -2)), value: span(value) };
  if (name.endsWith('bytes')) return { label: 'size', value: bytes(value) };
  if (SHARE.test(name) && value >= 0 && value <= 1) return { label: words(name), value: percent(value, value > 0.99 && value < 1 ? 1 : 0) };
  return { label: words(name), value: Math.abs(value) < 1 ? String(Number(value.toFixed(3))) : number(value) };
}
