// Who watches: the viewers of the last week, grouped by taste.
import { meterRow } from '../ui/charts.js';
import { h } from '../ui/dom.js';
import { compact, dateTime, number } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { body } from './parts.js';

export function showAudience(root, audience) {
  body(root, audience, () => {
    const { drawn_at: drawnAt, tastes, groups } = audience;
    if (groups.length === 0) return h('p.muted', 'Nobody has watched in the last seven days.');
    const most = Math.max(...groups.map((group) => group.viewers));
    return [
      h('div.groups', groups.map((group) => meterRow(
        [group.name, h('span.group-parts', partsOf(group))], group.viewers / most, compact(group.viewers)))),
      h('p.muted.small', drawnAt
        ? `Drawn from ${plural(tastes, 'taste')} on ${dateTime(drawnAt)}.`
        : 'No groups yet: they are drawn as soon as enough tastes are known.'),
    ];
  });
}

const partsOf = ({ regular, viewers, with_region: withRegion }) => [
  `${number(viewers - regular)} new, ${number(regular)} regular`, withRegion > 0 && `${number(withRegion)} share a region`,
].filter(Boolean).join(', ');
