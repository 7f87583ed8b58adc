import { get, session } from '../api.js';
import { busy, compact, h, icon, iconButton, openDialog, replace, timeElement, toast } from '../ui.js';
import { avatar } from './avatar.js';

const MAX = 500;

const row = ({ author, text, at }) => h('li.comment', avatar(author),
  h('div.grow', h('div.comment-head', h('strong', author), timeElement(at)), h('p', text)));

/** The comments of one clip and the line to write one. The same view fills the sheet and the side panel. */
export function commentsView(item, { events, changed }) {
  const list = h('ul.comments', { 'aria-label': 'Comments', 'aria-busy': 'true' }, [1, 2, 3].map(() => h('li.skeleton.comment-skeleton')));
  const input = h('textarea.input', { rows: '1', maxlength: MAX, 'aria-label': 'Write a comment', placeholder: 'Add a comment' });
  const send = iconButton('send', 'Send the comment', null, { type: 'submit', disabled: true });
  const left = h('span.small.faint.comment-left', { 'aria-live': 'polite' });
  const none = () => h('li.comment-none', 'No comments yet. Say the first word.');

  input.addEventListener('input', () => {
    send.disabled = input.value.trim() === '';
    left.textContent = input.value.length > MAX - 80 ? `${MAX - input.value.length} characters left` : '';
  });
  // Enter sends, as in every chat; Shift+Enter breaks the line.
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  const form = h('form.comment-form', { onsubmit: async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    const verdict = await busy(send, () => events.record('comment', item, { text }));
    if (verdict.status === 'invalid') {
      toast(verdict.reason || 'The comment was not taken.', { bad: true });
      return;
    }
    input.value = '';
    send.disabled = true;
    item.counts.comments += 1;
    changed(item);
    list.querySelector('.comment-none')?.remove();
    const who = await session().catch(() => null);
    list.prepend(row({ author: who?.account?.name ?? 'You', text, at: new Date().toISOString() }));
  } }, h('div.grow', input, left), send);

  async function load() {
    try {
      const { comments } = await get(`/v1/videos/${encodeURIComponent(item.video_id)}/comments`);
      replace(list, comments.length ? comments.map(row) : none());
    } catch (error) {
      replace(list, h('li.comment-none', `${error.detail || error.message} `,
        h('button.btn.btn-small', { type: 'button', onclick: load }, icon('refresh'), 'Try again')));
    } finally {
      list.removeAttribute('aria-busy');
    }
  }
  load();
  return { node: h('div.comments-view', list, form), input };
}

export function openComments(item, context) {
  const view = commentsView(item, context);
  const { comments } = item.counts;
  openDialog({ title: comments ? `${compact(comments)} comments` : 'Comments', body: view.node, className: 'comments-dialog' });
}
