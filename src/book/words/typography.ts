/** How a line of prose ends. */
export const SENTENCE_MARK = /[.:,;!?。：，；]$/;
export const SENTENCE_END = /[.!?。]$/;

/**
 * What a shell does not read as the author meant it: curly quotes, full-width signs, long dashes before an option,
 * HTML entities, hard spaces.
 */
export const TYPOGRAPHY =
  /[“”‘’「」]|(?:^|\s)[–—]{1,2}[A-Za-z]|[；｜＞＜＆（）](?=\S|$)|\u00a0|&(?:lt|gt|amp|quot|nbsp|#\d+);/;
/** Remarks behind a command that are no comments for a shell: `-> …`, `// …`, `   -- …`. Quotes are cut out before. */
export const REMARK = /(?:^|\s)(?:-{1,2}>|=>|<-{1,2}|\/\/)(?:\s|$)|\s{2,}--\s/;
export const withoutQuotes = (line: string): string => line.replace(/'[^']*'|"[^"]*"/g, "''").replace(/\s#.*$/, "");

/** A number that begins a heading: `1.`, `2、`, `3)`. */
export const LEADING_NUMBER = /^\s*(\d{1,2})\s*[.、)）]\s*(?=\S)/;
export const SOP_PREFIX = /^SOP\s*[-_#.]?\s*\d{1,3}\s*[:：.、-]?\s*/i;
export const LEADING_MARKS = /^[\s.:：、)-]+/;
/** `label: text` with a half- or full-width colon, and such a colon at the end. */
export const COLON_LEAD = /^([^:：\n]{1,24})[:：]\s*/;
export const LEADING_COLON = /^\s*[:：]\s*/;
export const TRAILING_COLON = /[:：]\s*$/;
