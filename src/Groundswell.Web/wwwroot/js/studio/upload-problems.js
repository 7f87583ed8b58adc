// What a creator can do about a refused upload. The server says what is wrong; this says what next.
import { span } from '../ui/measures.js';

const NEXT = {
  0: 'Nothing was published. Check the connection, then try again.',
  401: 'Sign in again in another tab, then try again here: what you wrote stays.',
  403: 'Sign in with a creator account in another tab, then try again here: what you wrote stays.',
  413: 'Export it at a lower bitrate or resolution and add the new file.',
  415: 'Export it as MP4 (H.264) and add the new file.',
  422: 'Mend what is marked below, then try again.',
};

export function nextStep({ status, retryAfter }) {
  if (status === 429) return `Try again ${retryAfter ? `in ${span(retryAfter)}` : 'in a few minutes'}; what you wrote stays.`;
  return NEXT[status] ?? 'Try again in a minute; what you wrote stays.';
}

/** The same bytes would be refused again for these. */
export const worthRetrying = ({ status }) => status !== 413 && status !== 415;
