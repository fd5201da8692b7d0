/** A byte sequence that must not get through. */
export interface Form {
  readonly bytes: Buffer;
  /** Only where it is no part of a longer word: a secret of one to three characters. */
  readonly word: boolean;
}

/** Secrets shorter than this are parts of everyday words. */
const SHORT = 4;

/** Lines of a secret of many lines (a key file) that are worth hiding alone; shorter ones are `{` and the like. */
const LINE = 8;

/** Widths at which base64 is broken into lines: coreutils and openssl. */
const WIDTHS = [76, 64];

/** The shortest piece of broken base64 that is hidden alone. */
const PIECE = 16;

/**
 * How a secret may stand in output: itself, line by line when it has several, as JSON and shells quote it,
 * URL-encoded, and base64 at every position within a longer text. Empty for an empty secret.
 */
export function formsOf(secret: string): readonly Form[] {
  const whole = secret.trim();
  if (whole === "") return [];
  if (whole.length < SHORT) return [{ bytes: Buffer.from(whole), word: true }];
  const lines = whole.split(/\r?\n/).map((line) => line.trim());
  const parts = lines.length === 1 ? [whole] : [whole, ...lines.filter(({ length }) => length >= LINE)];
  const texts = parts.flatMap((part) => [part, quoted(part), part.replaceAll("'", String.raw`'\''`), ...urls(part)]);
  const coded = [...new Set([secret, whole])].flatMap((text) => base64(Buffer.from(text)));
  return [...new Set([...texts, ...coded])].map((text) => ({ bytes: Buffer.from(text), word: false }));
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

function urls(text: string): readonly string[] {
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const upper = [component, strict, encodeURI(text.toWellFormed())];
  const lower = upper.map((each) => each.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  return [...upper, ...lower].flatMap((each) => [each, each.replaceAll("%20", "+")]);
}

/** Both alphabets; standing alone with its padding, inside a longer text at each of three alignments, and broken. */
function base64(bytes: Buffer): readonly string[] {
  const alone = bytes.toString("base64");
  const inside = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    // The first and last sextets have bits of the neighbours.
    return text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
  });
  const pieces = WIDTHS.flatMap((width) => (alone.length > width ? broken(alone, width) : []));
  const standard = [alone, ...inside, ...pieces].filter(({ length }) => length >= SHORT);
  return standard.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")]);
}

const broken = (text: string, width: number): readonly string[] =>
  (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).filter(({ length }) => length >= PIECE);
