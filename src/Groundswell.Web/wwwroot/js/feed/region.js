import { h } from '../ui.js';
import { consentSection } from './consent.js';

const language = document.documentElement.lang || 'en';
const names = new Intl.DisplayNames(language, { type: 'region' });

const byName = (codes) => codes.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) => a.name.localeCompare(b.name, language));

export const regionSection = ({ changed }) => consentSection({
  address: '/v1/viewer/region',
  title: 'Share my region',
  about: 'Groups you with viewers there, for what is trending and for the first viewers of new clips.',
  note: 'Only what you choose here is used, never your address or your position.',
  withdrawn: 'Your region is no longer shared.',
  isSaid: ({ region }) => region !== null,
  changed,
  ask: ({ region, regions }, say) => {
    const choice = h('select', { id: 'region-choice', onchange: () => say({ region: choice.value }, `Shared: ${names.of(choice.value) ?? choice.value}.`) },
      region === null && h('option', { value: '', disabled: true, selected: true }, 'Choose …'),
      byName(regions).map(({ code, name }) => h('option', { value: code, selected: code === region }, name)));
    return h('div.field', h('label', { for: 'region-choice' }, 'Country or territory'), choice);
  },
});
