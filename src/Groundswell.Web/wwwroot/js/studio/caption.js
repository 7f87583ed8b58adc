// Hashtags as the server reads them: '#' and then letters, digits or underscores of any script.
const HASHTAG = /#([\p{L}\p{N}_]+)/gu;

/** Each hashtag once, in order of appearance, lower case and without '#'. */
export function hashtagsIn(caption) {
  return [...new Set([...caption.matchAll(HASHTAG)].map((match) => match[1].toLowerCase()))];
}

/** The caption split into plain text and hashtags, for rendering: [{text, tag?}]. */
export function captionParts(caption) {
  const parts = [];
  let end = 0;
  for (const match of caption.matchAll(HASHTAG)) {
    if (match.index > end) parts.push({ text: caption.slice(end, match.index) });
    parts.push({ text: match[0], tag: match[1] });
    end = match.index + match[0].length;
  }
  if (end < caption.length) parts.push({ text: caption.slice(end) });
  return parts;
}
