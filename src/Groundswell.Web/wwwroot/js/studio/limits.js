// What can be known to be wrong before a single byte is sent. The server checks everything again;
// this only spares a creator the wait.
import { bytes } from '../ui/format.js';
import { span } from '../ui/measures.js';

const VIDEO_ENDING = /\.(mp4|m4v|mov|webm|mkv|avi|mpe?g|ts|3gp|ogv|flv|wmv)$/i;

export function describeLimits(limits) {
  return `${limits.formats} · up to ${bytes(limits.max_bytes)} and ${span(limits.max_seconds)} each`;
}

/** Returns null, or why this file would be refused and what to do about it. */
export function refusal(file, limits) {
  if (file.size === 0)
    return { title: 'This file is empty', detail: 'Choose the video again; it may still have been copying.' };
  if (!file.type.startsWith('video/') && !VIDEO_ENDING.test(file.name))
    return { title: 'This is not a video', detail: `Choose a video file: ${limits.formats}.` };
  if (file.size > limits.max_bytes)
    return {
      title: `Too large: ${bytes(file.size)}`,
      detail: `The limit is ${bytes(limits.max_bytes)}. Export it at a lower bitrate or resolution and add it again.`,
    };
  return null;
}

/** As above for the length, which is known only once the browser has read the file's header. */
export function lengthRefusal(seconds, limits) {
  if (seconds === null || seconds <= limits.max_seconds) return null;
  return {
    title: `Too long: ${span(seconds)}`,
    detail: `The limit is ${span(limits.max_seconds)}. Cut it shorter and add it again.`,
  };
}

/** The length in seconds, or null when this browser cannot decode the format: then the server decides. */
export function readLength(file) {
  return new Promise((resolve) => {
    const probe = document.createElement('video');
    const url = URL.createObjectURL(file);
    const finish = (seconds) => {
      clearTimeout(patience);
      URL.revokeObjectURL(url);
      resolve(seconds);
    };
    const patience = setTimeout(() => finish(null), 4000);
    probe.preload = 'metadata';
    probe.onloadedmetadata = () => finish(Number.isFinite(probe.duration) ? probe.duration : null);
    probe.onerror = () => finish(null);
    probe.src = url;
  });
}
