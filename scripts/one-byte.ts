import { parseAst } from "rolldown/parseAst";

const WIDE = /[^\u0000-\u00ff]/;
const EVERY_WIDE = new RegExp(WIDE.source, "g");
/** An escape of such a letter, which another escape would break: `\、`. */
const ESCAPED_WIDE = new RegExp(`\\\\${WIDE.source}`);
/** What may be a template with a tag, which sees its text as it is written. */
const TAGGED = /[\w$\])]\s*`/;

/** Whether a tag sees a wide letter. */
function tagSeesWide(node: unknown, code: string): boolean {
  if (typeof node !== "object" || node === null) return false;
  const { type, start, end } = node as { type?: string; start?: number; end?: number };
  if (type === "TaggedTemplateExpression" && WIDE.test(code.slice(start, end))) return true;
  return Object.values(node).some((child) => tagSeesWide(child, code));
}

/**
 * The same program in letters of one byte. V8 keeps the whole text of a module, and two bytes for each of its letters when one
 * of them is beyond Latin-1: an arrow in a comment doubles it. What would only grow, a catalogue in Chinese, stays as it is.
 */
export function oneByte(code: string): string {
  const count = code.match(EVERY_WIDE)?.length ?? 0;
  if (count === 0 || count * 5 >= code.length || ESCAPED_WIDE.test(code)) return code;
  if (TAGGED.test(code) && tagSeesWide(parseAst(code), code)) return code;
  return code.replace(EVERY_WIDE, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
