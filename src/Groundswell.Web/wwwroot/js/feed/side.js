import { compact, h, icon, replace } from '../ui.js';
import { avatar } from './avatar.js';
import { captionNodes, challengeChip, labelChip, soundLine } from './caption.js';
import { commentsView } from './comments.js';
import { whyPlain } from './why.js';

const wide = matchMedia('(min-width: 1000px) and (min-height: 521px)');
/** Comments are asked for only of a clip somebody stays with. */
const DWELL_MS = 700;

/** The panel beside the stage on wide screens: the clip's words, why it is here, what people say. */
export class SidePanel {
  #timer = null;
  #item = null;

  constructor(root, { act, context }) {
    this.root = root;
    this.act = act;
    this.context = context;
    wide.addEventListener('change', () => this.show(this.#item));
  }

  show(item) {
    this.#item = item;
    clearTimeout(this.#timer);
    if (!wide.matches || !item) { replace(this.root); return; }
    const comments = h('div.side-comments');
    replace(this.root, this.#about(item), this.#why(item),
      h('section.side-section', h('h2.eyebrow', 'Comments'), comments));
    this.#timer = setTimeout(() => replace(comments, commentsView(item, this.context).node), DWELL_MS);
  }

  refresh(item) {
    if (item !== this.#item || !this.root.firstElementChild) return;
    this.root.firstElementChild.replaceWith(this.#about(item));
  }

  #about(item) {
    const { followed, name } = item.creator;
    return h('section.side-section', labelChip(item),
      h('div.side-creator', avatar(name), h('h2.grow', name),
        h('button.btn.btn-small', { type: 'button', 'aria-pressed': String(followed), class: followed ? '' : 'btn-primary', onclick: () => this.act.follow(item) },
          followed ? [icon('check'), 'Following'] : 'Follow')),
      h('p.side-caption', captionNodes(item)), challengeChip(item), soundLine(item),
      h('p.small.faint.num', `${compact(item.counts.views)} ${item.counts.views === 1 ? 'view' : 'views'}`));
  }

  #why(item) {
    return h('section.side-section', h('h2.eyebrow', 'Why this clip'), whyPlain(item),
      h('button.btn.btn-small.side-why', { type: 'button', onclick: () => this.act.why(item) }, icon('why'), 'See the whole reasoning'));
  }
}
