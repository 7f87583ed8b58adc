// The life of a video as a map: the main way runs left to right, what leaves it lies below.
// Buttons are laid out by CSS; the ways between them are drawn from where the buttons ended up,
// so that one table of edges serves the wide and the narrow layout.
import { h, s } from '../ui/dom.js';
import { number } from '../ui/format.js';
import { setText } from '../ui/refresh.js';
import { stageIcon, stageTone } from '../ui/stages.js';

const EDGES = [
  ['uploaded', 'processed'], ['processed', 'reviewed'], ['reviewed', 'testing'], ['testing', 'widening'], ['widening', 'open'], ['open', 'library'],
  ['processed', 'human_review'], ['processed', 'held'], ['human_review', 'reviewed'], ['human_review', 'rejected'],
  ['testing', 'paused'], ['widening', 'paused'], ['paused', 'reviving'], ['reviving', 'widening'],
];

/** @param onSelect hears { stage, title } or null @returns {{ show(stages), select(stage) }} */
export function createFlow(root, { onSelect }) {
  const ways = s('svg.flow-ways', { 'aria-hidden': 'true' });
  const nodes = new Map();
  let selected = null;
  root.append(ways);
  // Sizes change with the window and with the numbers; the ways follow.
  new ResizeObserver(() => drawWays(ways, root, nodes)).observe(root);

  function addNode({ stage, title }) {
    const count = h('strong.flow-count.num');
    const button = h('button.flow-node', {
      type: 'button', class: stageTone(stage), dataset: { stage }, 'aria-expanded': 'false', 'aria-controls': 'stage-videos',
      onclick: () => {
        const next = selected === stage ? null : { stage, title };
        select(next?.stage ?? null);
        onSelect(next);
      },
    }, stageIcon(stage), count, h('span.flow-title', title));
    nodes.set(stage, { button, count });
    root.append(button);
  }

  function select(stage) {
    selected = stage;
    for (const [name, { button }] of nodes) button.setAttribute('aria-expanded', String(name === stage));
  }

  return {
    select,
    show(stages) {
      const isNew = nodes.size === 0;
      for (const stage of stages) {
        if (!nodes.has(stage.stage)) addNode(stage);
        const { button, count } = nodes.get(stage.stage);
        setText(count, number(stage.count));
        button.classList.toggle('is-empty', stage.count === 0);
      }
      if (isNew) drawWays(ways, root, nodes);
    },
  };
}

function drawWays(ways, root, nodes) {
  const frame = root.getBoundingClientRect();
  ways.setAttribute('viewBox', `0 0 ${frame.width} ${frame.height}`);
  const boxOf = (stage) => {
    const box = nodes.get(stage)?.button.getBoundingClientRect();
    return box && { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top,
      x: (box.left + box.right) / 2 - frame.left, y: (box.top + box.bottom) / 2 - frame.top };
  };
  ways.replaceChildren(
    s('defs', s('marker', { id: 'flow-arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' }, s('path.flow-head', { d: 'M0 0 8 4 0 8z' }))),
    ...EDGES.map(([from, to]) => [boxOf(from), boxOf(to)]).filter(([a, b]) => a && b)
      .map(([a, b]) => s('path.flow-way', { d: wayBetween(a, b), 'marker-end': 'url(#flow-arrow)' })));
}

/** A line that leaves and arrives at the sides that face each other. */
export function wayBetween(a, b) {
  const across = b.left > a.right || a.left > b.right;
  const level = Math.abs(a.y - b.y) < 8;
  if (across && (level || Math.min(Math.abs(b.left - a.right), Math.abs(a.left - b.right)) > 60)) {
    const [x1, x2] = b.left > a.right ? [a.right, b.left - 2] : [a.left, b.right + 2];
    const middle = (x1 + x2) / 2;
    return `M${x1} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${x2} ${b.y}`;
  }
  const [y1, y2] = b.top > a.bottom ? [a.bottom, b.top - 2] : [a.top, b.bottom + 2];
  const middle = (y1 + y2) / 2;
  return `M${a.x} ${y1}C${a.x} ${middle} ${b.x} ${middle} ${b.x} ${y2}`;
}
