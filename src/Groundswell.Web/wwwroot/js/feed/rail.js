import { compact, h, icon } from '../ui.js';
import { avatar } from './avatar.js';

/** The column of actions beside a clip. `act` holds the functions; refresh() redraws what may have changed. */
export class Rail {
  constructor(item, act) {
    this.item = item;
    this.follow = h('button.rail-follow', { type: 'button', onclick: () => act.follow(item) },
      avatar(item.creator.name), h('span.rail-badge', icon('plus')));
    this.like = railButton('heart', () => act.like(item));
    this.comment = railButton('comment', () => act.comment(item));
    this.share = railButton('share', () => act.share(item));
    const skip = railButton('not-interested', () => act.notInterested(item), 'Not for me', 'Not for me: fewer clips like this');
    const why = railButton('why', () => act.why(item), 'Why', 'Why this clip?');
    this.element = h('div.rail', { role: 'group', 'aria-label': 'Actions' },
      this.follow, this.like, this.comment, this.share, skip, why);
    this.refresh();
  }

  refresh() {
    const { creator, liked, counts } = this.item;
    this.follow.setAttribute('aria-pressed', String(creator.followed));
    this.follow.setAttribute('aria-label', `${creator.followed ? 'Unfollow' : 'Follow'} ${creator.name}`);
    this.follow.title = this.follow.getAttribute('aria-label');
    useIcon(this.follow.querySelector('.rail-badge'), creator.followed ? 'check' : 'plus');
    this.like.setAttribute('aria-pressed', String(liked));
    useIcon(this.like, liked ? 'heart-solid' : 'heart');
    label(this.like, compact(counts.likes), 'Like', 'likes');
    label(this.comment, compact(counts.comments), 'Comment', 'comments');
    label(this.share, compact(counts.shares), 'Share', 'shares');
  }
}

function railButton(name, onclick, text = '', description = text) {
  return h('button.rail-btn', { type: 'button', onclick, 'aria-label': description || null, title: description || null },
    h('span.rail-icon', icon(name)), h('span.rail-text', { 'aria-hidden': 'true' }, text));
}

// The name contains what is written below the icon, so that somebody who speaks to the device can say it.
function label(button, count, action, counted) {
  button.querySelector('.rail-text').textContent = count;
  button.setAttribute('aria-label', `${action}: ${count} ${counted}`);
  button.title = action;
}

const useIcon = (node, name) => node.querySelector('use').setAttribute('href', `/assets/img/icons.svg#${name}`);
