/** An address as a place between brackets can hold it: nothing in it ends the link or begins a tag. */
export const href = (url: string): string =>
  url.replaceAll(/[\s()<>"'`\\[\]|]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);

const ADDRESS = /(https?:\/\/[^\s<>"')\]]+)/;

/** A sign that is not seen and parts what only together means something (WORD JOINER). */
const APART = "\u2060";

/** What is no address: no sign of it is markup, a mention, or Slack's own brackets, which others read as well. */
const inert = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]()#+!|>~]/g, String.raw`\$&`)
    .replaceAll(/^ +/gm, (blanks) => "\u00a0".repeat(blanks.length))
    // Blanks of one line only: across lines the time would grow with the square of their number.
    .replaceAll(/^([^\S\n]*)-/gm, String.raw`$1\-`)
    .replaceAll(/^([^\S\n]*\d+)\./gm, String.raw`$1\.`)
    .replaceAll(/^([^\S\n]*)=/gm, `$1${APART}=`)
    // Where nobody would be called, and no picture shown, the text stays what a reader may copy.
    .replaceAll(/<|(?<![A-Za-z0-9])@/g, `$&${APART}`)
    .replaceAll(/:(?!\d+:)(?=[\w+-]+:)/g, `:${APART}`);

/** Each part of a text by what it is: an address, so that it can still be followed, or anything else. */
const parted = (text: string, address: (part: string) => string, other: (part: string) => string): string =>
  text
    .split(ADDRESS)
    .map((part, at) => (at % 2 === 1 ? address(part) : other(part)))
    .join("");

/** Plain text in a Markdown that knows backslashes (CommonMark). Addresses lead where they led, and call nobody. */
export const commonMark = (text: string): string => parted(text, (part) => part.replaceAll("@", "%40"), inert);

/** Signs that stand where they would begin or end an emphasis; within a word or between blanks they are none. */
const EMPHASIS = /(?<=\S)[*~`]|[*~`](?=\S)|(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu;

/** Plain text in a Markdown without backslashes (chat robots): what would be a link, a picture, a tag or a heading is none. */
export const robotText = (text: string): string =>
  parted(
    text,
    (part) => part.replaceAll("*", "%2A").replaceAll("`", "%60"),
    (part) =>
      part
        .replaceAll("](", "] (")
        .replaceAll("<", "\uff1c")
        .replaceAll(">", "\uff1e")
        .replaceAll(/^([^\S\n]*)(?=[#>])/gm, `$1${APART}`)
        .replaceAll(EMPHASIS, (sign) => `${APART}${sign}${APART}`),
  );
