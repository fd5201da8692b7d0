/** The info string of a fence taken apart. */
export interface Info {
  /** First word, lower case, braces cut. */
  readonly lang: string;
  /** Attributes as written: Runme's and ours in braces, title="…" outside of them. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Braces that could not be read. */
  readonly unreadable?: string;
}

const PAIR = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s,"'}]+))/g;
const HIGHLIGHT = /^\{[\d\s,-]*\}$/;

/**
 * Reads Runme's two encodings, JSON (`{"name":"x"}`) and html attributes (`{ name=x interactive=false }`), pandoc's
 * `{.bash #id}`, and `title="…"` of site generators. Line highlights (`{1,3-5}`) are none of these.
 */
export function readInfo(info: string): Info {
  const before = known.get(info);
  if (before) return before;
  const read = infoOf(info);
  // What braces hold is a block's own; a bare language is the same everywhere.
  if (known.size < MOST_KNOWN && /^\w{0,20}$/.test(info)) known.set(info, read);
  return read;
}

const known = new Map<string, Info>();
const MOST_KNOWN = 100;

function infoOf(info: string): Info {
  const open = info.indexOf("{");
  const head = (open < 0 ? info : info.slice(0, open)).trim();
  const close = info.lastIndexOf("}");
  const braces = open >= 0 && close > open ? info.slice(open, close + 1) : open >= 0 ? info.slice(open) : "";
  const outside = open >= 0 && close > open ? `${head} ${info.slice(close + 1)}` : head;
  const first = /^[^\s,:{]+/.exec(outside.trim())?.[0] ?? "";
  const lang = first.includes("=") ? "" : first.toLowerCase();
  const attributes: Record<string, string> = pairs(outside);
  const colon = /^[\w-]+:([\w./-]+\.[\w]+)$/.exec(outside.trim());
  if (colon?.[1]) attributes["title"] ??= colon[1];
  if (braces === "" || HIGHLIGHT.test(braces)) return { lang, attributes };
  if (/^\{\s*"/.test(braces)) return json(lang, attributes, braces);
  const classes = [...braces.matchAll(/(?:^\{|\s)\.([\w-]+)/g)].map((match) => (match[1] ?? "").toLowerCase());
  const bare = /^\{\s*([A-Za-z][\w-]*)\s*[,}]/.exec(braces)?.[1];
  const read = { ...attributes, ...pairs(braces) };
  const word = lang || classes[0] || (bare && !braces.includes("=") ? bare.toLowerCase() : "");
  const known = Object.keys(read).length > Object.keys(attributes).length || classes.length > 0 || bare !== undefined;
  return { lang: word, attributes: read, ...(known ? {} : { unreadable: braces }) };
}

function pairs(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const match of text.slice(0, 4_000).matchAll(PAIR))
    found[match[1] as string] = match[2] ?? match[3] ?? match[4] ?? "";
  return found;
}

function json(lang: string, attributes: Record<string, string>, braces: string): Info {
  let read: unknown;
  try {
    read = JSON.parse(braces);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { lang, attributes, unreadable: braces };
  }
  for (const [key, value] of Object.entries(read as Record<string, unknown>))
    attributes[key] = typeof value === "string" ? value : JSON.stringify(value);
  return { lang, attributes };
}
