// Challenges: opening one, changing what it says, closing it, and who did what.
import { get, post, request } from '../api.js';
import { confirmDialog, openDialog } from '../ui/dialog.js';
import { h } from '../ui/dom.js';
import { dateTime, relativeTime } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { poll } from '../ui/polling.js';
import { refresh } from '../ui/refresh.js';
import { toast, toastError } from '../ui/toast.js';
import { deskForm, field, isoTime, localTime } from './desk-form.js';

const EVERY_MS = 15_000;
const WEEK_HOURS = 168;
const STATES = { upcoming: ['chip', 'Upcoming'], open: ['chip chip-good', 'Open'], closed: ['chip', 'Closed'] };
const tagsIn = (text) => text.split(/[\s,#]+/).filter(Boolean);

const fieldsOf = (form, said = {}) => [
  field('title', 'Title', h('input', { 'data-form': form, type: 'text', maxlength: 80, autocomplete: 'off', value: said.title ?? '' }), { className: 'wide' }),
  field('description', 'What it asks for', h('textarea', { 'data-form': form, maxlength: 600, value: said.description ?? '' }), { className: 'wide' }),
  field('hashtags', 'Hashtags', h('input', { 'data-form': form, type: 'text', autocomplete: 'off', placeholder: '#ocean #sea', value: (said.hashtags ?? []).map((tag) => `#${tag}`).join(' ') })),
  field('sound', 'Sound (optional)', h('input', { 'data-form': form, type: 'text', maxlength: 100, autocomplete: 'off', value: said.sound ?? '' })),
  !said.slug && field('slug', 'Address (optional)', h('input', { 'data-form': form, type: 'text', maxlength: 40, autocomplete: 'off', placeholder: 'from its title' })),
  field('closes', 'Closes', h('input', { 'data-form': form, type: 'datetime-local', value: said.closes ? localTime((Date.parse(said.closes) - Date.now()) / 3_600_000) : localTime(WEEK_HOURS) })),
];

const bodyOf = ({ title, description, hashtags, sound, closes }) => ({ title, description, hashtags: tagsIn(hashtags), sound, closes: isoTime(closes) });

export function startChallenges(part) {
  const reading = poll(async (signal) => draw(await get('/v1/console/challenges', { signal })), { every: EVERY_MS });

  deskForm(part('challenge-form'), fieldsOf('challenge'), {
    submit: 'Open challenge', title: 'It opens at once. Whoever uses one of its hashtags while it runs takes part.',
    async send(said) {
      const { challenge } = await post('/v1/console/challenges', { ...bodyOf(said), slug: said.slug || null });
      toast(`“${challenge.title}” is open.`);
      reading.now();
    },
  });

  function draw({ challenges }) {
    refresh(part('challenges-list'), { challenges, minute: Math.floor(Date.now() / 60_000) }, () => (challenges.length
      ? h('ul.desk-list', { 'aria-label': 'Challenges' }, challenges.map(item))
      : h('p.muted', 'No challenge has been opened.')));
  }

  const change = (challenge, body) => request('PATCH', `/v1/console/challenges/${challenge.slug}`, body);

  async function close(challenge) {
    const sure = await confirmDialog({ title: 'Close this challenge?', text: `From now on no upload takes part in “${challenge.title}”. It cannot be opened again.`, confirm: 'Close it', danger: true });
    if (!sure) return;
    try {
      await change(challenge, { closed: true });
      reading.now();
    } catch (error) { toastError(error); }
  }

  function edit(challenge) {
    const form = h('form.desk-form', { novalidate: true, 'aria-label': `Change ${challenge.title}` });
    const opened = openDialog({ title: 'Change this challenge', body: form });
    deskForm(form, fieldsOf('edit', challenge), {
      submit: 'Save', title: `Its address stays /challenges/${challenge.slug}.`,
      async send(said) {
        await change(challenge, bodyOf(said));
        opened.close();
        reading.now();
      },
    });
  }

  function item({ challenge, steps }) {
    const [tone, title] = STATES[challenge.status];
    const last = steps.at(-1);
    return h('li.desk-item.no-poster', { dataset: { slug: challenge.slug, status: challenge.status } },
      h('div.desk-name', h('a', { href: `/challenges/${challenge.slug}` }, challenge.title), h('span', { class: tone }, title), challenge.rising && h('span.chip.chip-accent', 'Rising')),
      h('div.desk-acts', challenge.status !== 'closed' && [
        h('button.btn.btn-small', { type: 'button', onclick: () => edit(challenge) }, 'Change'),
        h('button.btn.btn-small', { type: 'button', onclick: () => close(challenge) }, 'Close')]),
      h('div.desk-about',
        h('p', `${challenge.hashtags.map((tag) => `#${tag}`).join(' ')} · ${plural(challenge.videos, 'clip')} by ${plural(challenge.participants, 'creator')} · ${plural(challenge.viewers, 'viewer')} this week`),
        h('p', { title: steps.map((step) => `${dateTime(step.at)}: ${step.what} by ${step.by}`).join('\n') },
          `${challenge.status === 'closed' ? 'Closed' : 'Closes'} ${relativeTime(challenge.closes)} · ${last.what} by ${last.by} ${relativeTime(last.at)}`)));
  }

  return reading;
}
