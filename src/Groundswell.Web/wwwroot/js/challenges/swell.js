// The viewers of a challenge drawn as the sea they are: one swell, and two paler ones behind it.
import { s } from '../ui/dom.js';

const WIDTH = 1200;
const HEIGHT = 240;
const POINTS = 28;
/** A swell without viewers still has a surface. */
const CALM = 0.12;

/** Means of equal stretches: a curve of hours would be spray. */
function stretches(values) {
  if (values.length === 0) return [0, 0];
  const count = Math.min(POINTS, values.length);
  return Array.from({ length: count }, (_, i) => {
    const part = values.slice(Math.floor((i * values.length) / count), Math.max(Math.floor(((i + 1) * values.length) / count), Math.floor((i * values.length) / count) + 1));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

function surface(heights, scale, shift) {
  const at = (i) => [(i / Math.max(1, heights.length - 1)) * WIDTH, HEIGHT * (1 - CALM - shift - (1 - CALM - shift) * 0.86 * scale * heights[i])];
  let path = `M0 ${HEIGHT}L${at(0).map((n) => n.toFixed(1)).join(' ')}`;
  for (let i = 1; i < heights.length; i++) {
    const [x0, y0] = at(i - 1);
    const [x1, y1] = at(i);
    const middle = ((x0 + x1) / 2).toFixed(1);
    path += `C${middle} ${y0.toFixed(1)} ${middle} ${y1.toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
  }
  return `${path}L${WIDTH} ${HEIGHT}Z`;
}

/** @param values viewers by hour, oldest first. Decoration: the chart below has the numbers. */
export function swell(values) {
  const means = stretches(values);
  const top = Math.max(...means, 1);
  const heights = (means.length === 1 ? [...means, ...means] : means).map((value) => value / top);
  return s('svg.swell-curve', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    s('path.swell-far', { d: surface(heights, 1, 0.05) }), s('path.swell-mid', { d: surface(heights, 0.82, 0) }), s('path.swell-near', { d: surface(heights, 0.6, -0.06) }));
}
