import { del, get, put } from '../api.js';
import { confirmDialog, errorState, h, number, openDialog, replace, toast, toastError } from '../ui.js';
import { ageSection } from './age.js';
import { interestsSection } from './interests.js';
import { regionSection } from './region.js';

/** A bar to the right for what is liked, to the left for what is not. */
function tasteRow({ title, score, points }) {
  const width = `${Math.min(1, Math.abs(score)) * 50}%`;
  const fill = h('i', { class: score < 0 ? 'less' : '', style: score < 0 ? { right: '50%', width } : { left: '50%', width } });
  const words = score > 0.05 ? 'more than average' : score < -0.05 ? 'less than average' : 'about average';
  return h('li.taste-row', h('span', title), h('span.taste-bar', { role: 'img', 'aria-label': words }, fill), h('span.num', number(points)));
}

/**
 * What the feed believes about the viewer and what they say themselves, with the means to switch it off or wipe it.
 * `changed(personalised)` runs after any of it, so that the feed ahead can be made anew.
 */
export function openTaste({ changed }) {
  const learned = h('div.stack', h('div.skeleton.taste-skeleton'));
  const said = h('div.stack');
  openDialog({ title: 'Your taste', className: 'taste-dialog', body: h('div.stack', learned, said,
    h('div.taste-foot', h('div', h('strong', 'Forget me'), h('p.small.muted', 'Deletes what was learned about this viewer, and the genres you named, and starts from nothing.')),
      h('button.btn.btn-danger', { type: 'button', onclick: forget }, 'Forget me'))) });
  let personalised = true;

  function drawLearned(taste) {
    personalised = taste.personalised;
    const ranked = [...taste.genres].sort((a, b) => b.score - a.score);
    const toggle = h('input', { type: 'checkbox', role: 'switch', checked: personalised, onchange: () => personalise(toggle.checked) });
    replace(learned,
      h('p.muted', taste.views === 0
        ? 'Nothing yet. Watch a few clips and what you finish, skip and like will show here.'
        : `Learned from ${number(taste.views)} ${taste.views === 1 ? 'view' : 'views'}. Old ones fade: half their weight is gone after a week.`),
      h('label.switch', h('span', h('strong', 'Personalise my feed'), h('br'),
        h('span.small.muted', `Off: the same ranking for everybody, from what viewers like overall.${personalised ? '' : ' What you like and where you are rests meanwhile.'}`)), toggle),
      ranked.length > 0 && h('div', h('div.taste-head', { 'aria-hidden': 'true' }, h('span', 'Genre'), h('span.taste-scale', h('span', 'less'), h('span', 'more')), h('span', 'Points')),
        h('ul.taste', ranked.map(tasteRow))),
      taste.group && h('p.small', 'Your group, by what its viewers like: ', h('strong', taste.group)));
  }

  function drawSaid() {
    const renew = () => changed(personalised);
    replace(said,
      h('div.taste-said', h('h3', 'What you say about yourself'), h('p.small.muted', 'Used only while it is switched on, each by itself. Switched off, your profile forgets it.')),
      interestsSection({ changed: renew }),
      regionSection({ changed: renew }),
      // Whether the feed is personalised depends on it.
      ageSection({ changed: () => load().then(renew) }));
  }

  async function load() {
    try {
      drawLearned(await get('/v1/taste'));
    } catch (error) {
      replace(learned, errorState(error, load));
    }
  }

  async function personalise(on) {
    try {
      await put('/v1/taste', { personalised: on });
      toast(on ? 'Your feed follows your taste again.' : 'Personalisation is off.');
      changed(on);
    } catch (error) {
      toastError(error);
    }
    load();
  }

  async function forget() {
    const sure = await confirmDialog({
      title: 'Forget what was learned?', confirm: 'Forget me', danger: true,
      text: 'Your taste is deleted and cannot be brought back. The feed will get to know you again from what you watch.',
    });
    if (!sure) return;
    try {
      await del('/v1/taste');
      toast('Forgotten. The feed starts from nothing.');
      await load();
      changed(personalised);
    } catch (error) {
      toastError(error);
    }
    drawSaid();
  }

  load();
  drawSaid();
}
