import { announce, toast } from '../ui.js';

/**
 * What a viewer can do to a clip. The page changes at once and is put back when the server refuses.
 * `changed(item)` redraws every place that shows the item.
 */
export function actionsFor({ events, changed, skip, items, open }) {
  async function settle(item, recorded, undo) {
    const verdict = await recorded;
    if (verdict.status !== 'invalid') return;
    undo();
    changed(item);
    toast(verdict.reason || 'The server did not take that.', { bad: true });
  }

  function like(item) {
    const turn = (liked) => {
      item.liked = liked;
      item.counts.likes = Math.max(0, item.counts.likes + (liked ? 1 : -1));
    };
    const before = item.liked;
    turn(!before);
    changed(item);
    announce(item.liked ? 'Liked' : 'Like taken back');
    settle(item, events.record(item.liked ? 'like' : 'unlike', item), () => turn(before));
  }

  function follow(item) {
    // The same creator may be in the feed several times: all of those clips change.
    const turn = (followed) => items().filter((other) => other.creator.id === item.creator.id)
      .forEach((other) => { other.creator.followed = followed; changed(other); });
    const before = item.creator.followed;
    turn(!before);
    toast(before ? `You no longer follow ${item.creator.name}.` : `You follow ${item.creator.name}. New clips appear under Following.`);
    settle(item, events.record(before ? 'unfollow' : 'follow', item), () => turn(before));
  }

  return {
    like,
    follow,
    /** A double tap likes; it never takes a like back. */
    likeOnly: (item) => { if (!item.liked) like(item); },
    comment: (item) => open.comments(item),
    share: (item) => open.share(item),
    why: (item) => open.why(item),
    notInterested: (item) => {
      events.record('not_interested', item);
      toast('Noted. You will see less like this.');
      skip();
    },
  };
}
