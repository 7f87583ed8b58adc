import { h } from '../ui.js';
import { span } from '../ui/measures.js';
import { consentSection } from './consent.js';

const HOUR_MS = 3_600_000;
const classes = [['teen', 'Under 18'], ['adult', '18 or older']];

const means = {
  teen: ({ profiled, pause_after_ms: pause }) =>
    `Your feed is ${profiled ? 'personalised until you switch that off' : 'not personalised until you switch that on'}. A pause is offered every ${pause === HOUR_MS ? 'hour' : span(pause / 1000)}.`,
  adult: () => 'You may be shown clips that a reviewer marked as for adults only.',
};

export const ageSection = ({ changed }) => consentSection({
  address: '/v1/viewer/age',
  title: 'Say how old I am',
  about: 'Under 18 your feed keeps to what suits that age. Clips for adults are shown only to those who say that they are 18 or older.',
  withdrawn: 'Your age is forgotten.',
  isSaid: ({ age }) => age !== null,
  changed,
  ask: ({ age, teens }, say) => h('fieldset.picks',
    h('legend.label', 'My age'),
    classes.map(([value, title]) => h('label.pick',
      h('input', { type: 'radio', name: 'age', id: `age-${value}`, value, checked: age === value, onchange: () => say({ age: value }) }), title)),
    age && h('p.small.muted', means[age](teens))),
});
