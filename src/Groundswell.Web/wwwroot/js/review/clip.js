// The clip on the desk: it loops, silently at first, with its ten frames below as a way to jump.
import { h, icon, replace } from '../ui/dom.js';
import { duration } from '../ui/format.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** @returns {{ playOrPause, mute, stop }} */
export function showClip(root, item) {
  // Flashes can harm the person who reviews them: such a clip starts only when asked to.
  const flashes = item.flags.some((flag) => flag.code.includes('flash'));
  const video = h('video.clip-video', {
    src: item.video_url, poster: item.poster_url, loop: true, muted: true, controls: true, playsinline: true, preload: 'auto',
    autoplay: !flashes && !calm.matches, 'aria-label': item.caption || 'Clip without caption',
  });
  const sound = h('button.btn.btn-small', { type: 'button', onclick: () => mute() });
  const mark = h('i.frames-mark');
  const frames = h('div.frames', { 'aria-hidden': 'true', onclick: jump }, h('img', { src: item.strip_url, alt: '' }), mark);

  function showSound() {
    replace(sound, icon(video.muted ? 'sound-off' : 'sound-on'), video.muted ? 'Turn sound on' : 'Turn sound off');
  }
  function mute() { video.muted = !video.muted; }
  function jump(event) {
    const box = frames.getBoundingClientRect();
    if (video.duration) video.currentTime = ((event.clientX - box.left) / box.width) * video.duration;
  }
  video.addEventListener('volumechange', showSound);
  video.addEventListener('timeupdate', () => { mark.style.left = `${(video.currentTime / video.duration || 0) * 100}%`; });

  showSound();
  replace(root,
    flashes && h('p.notice.notice-warn', icon('warning'), 'Strong flashes: this clip does not start by itself.'),
    video, frames,
    h('div.row.row-apart', h('p.muted.small.num', `${duration(item.duration_ms)} · ${item.width} × ${item.height}`),
      item.has_audio ? sound : h('p.muted.small', 'No sound track')));
  return {
    playOrPause() { if (video.paused) video.play(); else video.pause(); },
    mute() { if (item.has_audio) mute(); },
    stop() { video.pause(); video.removeAttribute('src'); video.load(); },
  };
}
