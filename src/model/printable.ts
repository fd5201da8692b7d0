/**
 * Signs that a reader does not see and a terminal may obey: control characters, and the marks that turn the direction
 * of what follows (UAX 9). Zero-width signs that scripts and emoji are written with stay.
 */
// oxlint-disable-next-line no-control-regex
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** Somebody else's text on one line of a terminal: what a terminal would obey becomes a space. */
export const printable = (text: string): string => text.replaceAll(OBEYED, " ");
