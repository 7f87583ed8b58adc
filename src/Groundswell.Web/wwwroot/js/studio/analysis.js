// What the machine saw, heard and read: it decides who might like the clip, never whether it is good.
import { meterRow } from '../ui/charts.js';
import { h } from '../ui/dom.js';
import { duration, number, percent } from '../ui/format.js';

const HUES = ['red', 'orange', 'yellow', 'lime', 'green', 'sea green', 'cyan', 'azure', 'blue', 'violet', 'magenta', 'rose'];

export function analysisCard(analysis) {
  const fact = (name, value) => h('div', h('dt', name), h('dd', value));
  return h('section.card', h('h3', 'What the machine saw'),
    h('dl.analysis-facts',
      fact('Length', duration(analysis.duration_ms)),
      fact('Picture', `${analysis.width} × ${analysis.height}, ${analysis.video_codec}`),
      fact('Sound', analysis.audio_codec ? `${analysis.audio_codec}, ${number(analysis.loudness_lufs)} LUFS` : 'none'),
      fact('Motion', percent(analysis.motion, 0)),
      fact('Cuts a minute', number(analysis.shots_per_minute))),
    h('div.sub', h('h4', 'Genres'), h('div.stack', { style: { '--gap': '0.4rem' } },
      analysis.genres.map((genre) => meterRow(genre.title, genre.weight, percent(genre.weight, 0))))),
    colours(analysis.palette),
    analysis.words.length > 0 && h('div.sub', h('h4', 'Words it read'), h('p.tags', analysis.words.map((word) => h('span.chip', word)))),
    analysis.hashtags.length > 0 && h('div.sub', h('h4', 'Hashtags'), h('p.tags', analysis.hashtags.map((tag) => h('span.chip.chip-sea', `#${tag}`)))));
}

function colours(palette) {
  const most = Math.max(...palette, 0);
  if (most === 0) return h('div.sub', h('h4', 'Colours'), h('p.small.muted', 'Black, white and grey.'));
  const named = palette.map((share, i) => ({ name: HUES[i], share })).sort((a, b) => b.share - a.share).slice(0, 3);
  const text = `Mostly ${named.filter((one) => one.share >= 0.005).map((one) => `${one.name} ${percent(one.share, 0)}`).join(', ')}`;
  return h('div.sub', h('h4', 'Colours'),
    h('div.palette', { role: 'img', 'aria-label': text }, palette.map((share, i) => h('i', {
      title: `${HUES[i]} ${percent(share, 0)}`,
      style: { height: `${(share / most) * 100}%`, background: `hsl(${i * 30 + 15} 65% 52%)` },
    }))),
    h('p.small.muted', { 'aria-hidden': 'true' }, text));
}
