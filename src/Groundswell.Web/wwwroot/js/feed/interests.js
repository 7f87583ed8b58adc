import { h } from '../ui.js';
import { consentSection } from './consent.js';

export const interestsSection = ({ changed }) => consentSection({
  address: '/v1/viewer/interests',
  title: 'Say what I like',
  about: 'Your feed leans towards it until you have watched enough to show what you like.',
  withdrawn: 'Your interests are forgotten.',
  isSaid: ({ interests }) => interests.length > 0,
  changed,
  ask: ({ interests, most, genres }, say) => {
    const full = interests.length >= most;
    const toggle = ({ target }) => {
      // What is ticked, and not what was last answered: another tick may be on its way.
      const chosen = [...target.closest('fieldset').querySelectorAll(':checked')].map(({ value }) => value);
      say(chosen.length > 0 ? { interests: chosen } : null);
    };
    return h('fieldset.picks',
      h('legend.label', `Up to ${most} genres`, h('span.faint', ` · ${interests.length} chosen`)),
      genres.map(({ name, title }) => h('label.pick',
        h('input', { type: 'checkbox', id: `interest-${name}`, value: name, checked: interests.includes(name), disabled: full && !interests.includes(name), onchange: toggle }), title)));
  },
});
