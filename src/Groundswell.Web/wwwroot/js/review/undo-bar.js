import { h, replace } from '../ui/dom.js';
import { UNDO_MS } from './pending.js';

/** Says what is about to be sent and lets it be taken back until then. */
export function createUndoBar(bar, takeBack) {
  return {
    show(held) {
      bar.hidden = !held;
      if (!held) return;
      const line = h('i.undo-time', { 'aria-hidden': 'true', style: { 'animation-duration': `${UNDO_MS}ms` } });
      replace(bar,
        h('span.grow', h('strong', held.decision === 'approve' ? 'Approved' : 'Rejected'), `: ${held.title}`),
        h('button.btn.btn-small', { type: 'button', onclick: takeBack }, 'Take back', h('kbd', { 'aria-hidden': 'true' }, 'U')), line);
    },
  };
}
