import { h, icon, openDialog, replace, toast } from '../ui.js';

const REPORTS = [
  ['violence', 'Violence or cruelty'], ['sexual', 'Sexual content'], ['hate', 'Hate or harassment'],
  ['danger', 'Dangerous acts'], ['spam', 'Spam or deception'], ['other', 'Something else'],
];

/** The link of a clip, ways to send it, and the way to report it. */
export function openShare(item, { events, changed }) {
  const url = new URL(`/v/${encodeURIComponent(item.video_id)}`, location.origin).href;

  function shared(channel) {
    item.counts.shares += 1;
    changed(item);
    events.record('share', item, { channel });
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      // No permission, or a page without TLS: leave the link selected, so that one keystroke copies it.
      link.select();
      toast('Copying is not allowed here. The link is selected: press Ctrl or ⌘ and C.');
      return;
    }
    shared('copy_link');
    sheet.close();
    toast('Link copied.');
  }

  async function send() {
    try {
      await navigator.share({ title: item.caption || `A clip by ${item.creator.name}`, url });
      shared('system');
      sheet.close();
    } catch (error) {
      if (error.name !== 'AbortError') toast('Sharing did not work here. Copy the link instead.', { bad: true });
    }
  }

  function chooseReport() {
    replace(sheet.body, h('p.muted', 'What is wrong with this clip? A person looks at every report.'),
      h('div.sheet-list', REPORTS.map(([reason, title]) => h('button.menu-item', { type: 'button', onclick: () => {
        events.record('report', item, { reason });
        sheet.close();
        toast('Thank you. The report goes to the reviewers.');
      } }, icon('flag'), title))));
    sheet.body.querySelector('button').focus();
  }

  const link = h('input.input.mono', { value: url, readonly: true, 'aria-label': 'Link to this clip', onfocus: () => link.select() });
  const sheet = openDialog({
    title: 'Share',
    className: 'share-dialog',
    body: [
      h('div.share-link', link, h('button.btn.btn-primary', { type: 'button', onclick: copy }, icon('copy'), 'Copy link')),
      h('div.sheet-list',
        'share' in navigator && h('button.menu-item', { type: 'button', onclick: send }, icon('share'), 'Send with another app'),
        h('button.menu-item', { type: 'button', onclick: chooseReport }, icon('flag'), 'Report this clip')),
    ],
  });
}
