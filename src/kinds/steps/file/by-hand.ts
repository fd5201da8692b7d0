import { createHash } from "node:crypto";
import type { HandParts, HandView } from "../../../model/step.ts";
import { hereDocument, typed } from "../hand/content.ts";
import { quoted } from "../../targets/posix/quote.ts";

export interface HandFile {
  readonly path: string;
  readonly content?: string | undefined;
  readonly from?: string | undefined;
  readonly fill?: readonly string[] | undefined;
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly mode?: string | undefined;
  readonly backup: boolean;
  readonly restore: boolean;
  readonly sudo: boolean;
}

/** What was there before, beside the file, so that the undo finds it. */
const before = (path: string): string => quoted([`${path}.watchbook-before`]);

const NEW = ".watchbook-new";

/** Values in their places; undefined when one is not known before the run. */
function filled(bytes: Uint8Array, { fill }: HandFile, { values }: HandParts): Uint8Array | undefined {
  if (!fill) return bytes;
  if (fill.some((name) => !values.has(name))) return undefined;
  const text = Buffer.from(bytes).toString("utf8");
  return Buffer.from(
    text.replace(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) =>
      fill.includes(name) ? (values.get(name) ?? whole) : whole,
    ),
  );
}

/** Lines that give `path` this content: typed, or carried there when it cannot be typed. */
function written(path: string, bytes: Uint8Array, from: string | undefined, root: string): readonly string[] {
  const text = typed(bytes);
  if (text === "") return [`${root}truncate -s 0 ${path}`];
  if (text?.endsWith("\n")) {
    const [begin = "", ...rest] = hereDocument(text);
    return [`${root === "" ? "cat >" : `${root}tee`} ${path}${root === "" ? "" : " > /dev/null"} ${begin}`, ...rest];
  }
  if (text !== undefined && !text.includes("\n"))
    return [`printf %s ${quoted([text])} ${root === "" ? ">" : `| ${root}tee`} ${path}`];
  return [`${root}cp ${quoted([from ?? "-"])} ${path}`];
}

function bring({ path, backup, sudo }: HandFile): HandView {
  const root = sudo ? "sudo " : "";
  const [there, kept] = [quoted([path]), before(path)];
  if (!backup) return { command: `${root}ls -l ${there}` };
  return { command: `if [ -e ${kept} ]; then ${root}mv -f ${kept} ${there}; else ${root}rm -f ${there}; fi` };
}

/**
 * The lines that put a file in place at a console: what was there is kept beside it, the new content is written beside and
 * checked by its digest, then moved. Undefined when its content is not known before the run.
 */
export function fileByHand(given: HandFile, parts: HandParts): HandView | undefined {
  if (given.restore) return bring(given);
  const { path, content, from, owner, group, mode, backup, sudo } = given;
  const source = from === undefined ? Buffer.from(content ?? "") : parts.file(from);
  const bytes = source && filled(source, given, parts);
  if (!bytes) return undefined;
  const root = sudo ? "sudo " : "";
  const [there, fresh] = [quoted([path]), quoted([`${path}${NEW}`])];
  const user = [owner ?? "", ...(group === undefined ? [] : [group])].join(":");
  return {
    command: [
      ...(backup ? [`[ ! -e ${there} ] || ${root}cp -a ${there} ${before(path)}`] : []),
      // With the owner and the mode of what it takes the place of, unless others are asked for.
      `[ ! -e ${there} ] || ${root}cp -a ${there} ${fresh}`,
      ...written(fresh, bytes, from, root),
      ...(user === "" ? [] : [`${root}chown ${quoted([user])} ${fresh}`]),
      ...(mode === undefined ? [] : [`${root}chmod ${mode} ${fresh}`]),
      `${root}sha256sum ${fresh}`,
      `${root}mv -f ${fresh} ${there}`,
    ].join("\n"),
    expect: [`${createHash("sha256").update(bytes).digest("hex")}  ${path}${NEW}`],
  };
}
