// The numbers of one step of a journey: in the order in which they decide, in a creator's words, each with its unit.
import { number, percent, points } from '../ui/format.js';
import { namedNumber, plural, span } from '../ui/measures.js';

const whole = (one, many) => (value) => plural(value, one, many);
const MEANINGS = [
  ['score', 'score', (value) => `${points(value)} points a view`],
  ['deviation', 'give or take', points],
  ['skew', 'skew', points],
  ['gate', 'gate', points],
  ['probability', 'sure that it is above', (value) => percent(value, 0)],
  ['widen_at', 'widens from', (value) => percent(value, 0)],
  ['pause_at', 'pauses at', (value) => percent(value, 0)],
  ['prior', 'expected before', (value) => `${points(value)} points a view`],
  ['prior_views', 'which counts as', (value) => plural(Math.round(value), 'view')],
  ['authority', 'of that by earlier videos', (value) => value !== 0 && `${value > 0 ? '+' : '−'}${points(Math.abs(value))}`],
  ['peers', 'compared with', whole('video')],
  ['points', 'earned', whole('point')],
  ['attempt', 'revival', (value) => `no. ${number(value)}`],
  ['views', 'watched', whole('time')],
  ['shown', 'shown', whole('time')],
  ['batch', 'test batch', whole('viewer')],
  ['audience', 'weekly audience', whole('viewer')],
  ['wave', 'wave', (value) => value > 0 && number(value)],
  ['lift', 'trend', (value) => value > 1 && `× ${points(value)}`],
  ['quiet_hours', 'last upload before', (value) => span(value * 3600)],
  ['usual_pause_hours', 'usually', (value) => value > 0 && `every ${span(value * 3600)}`],
  ['session_minutes', 'last visit', (value) => span(value * 60)],
  ['usual_session_minutes', 'usual visit', (value) => span(value * 60)],
  ['days', 'since it widened', (value) => span(value * 86_400)],
  ['matched', 'frames alike', (value) => percent(value, 0)],
  ['distance', 'bits apart', number],
  ['seconds', 'length', span],
  ['width', 'width', (value) => `${value} px`],
  ['height', 'height', (value) => `${value} px`],
  ['slots', 'up to', whole('place')],
  ['hours', 'for', (value) => span(value * 3600)],
  ['served', 'used', whole('place')],
];

/** [{ label, value }]: a number that this list does not know stands last, under its own name. */
export function decidingNumbers(numbers = {}) {
  const known = MEANINGS.filter(([name]) => name in numbers)
    .map(([name, label, say]) => ({ label, value: say(numbers[name]) })).filter(({ value }) => value);
  const others = Object.entries(numbers).filter(([name]) => MEANINGS.every(([one]) => one !== name));
  return [...known, ...others.map(([name, value]) => namedNumber(name, value))];
}
