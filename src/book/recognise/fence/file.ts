import { looksLikeCommand } from "../../shell/lines.ts";
import { filePieces, pathOf, shebangAt } from "./files.ts";
import type { FilePiece } from "./files.ts";
import { configForm } from "./shapes.ts";
import { ambiguous, evidence, isContent, isSession, isShell, isUntagged } from "./view.ts";
import type { Rule, View } from "./view.ts";

/** The first lines name a file: its content, to be installed there, never to be run from the manual. */
export const filePath: Rule = (view) => {
  const pieces = filePieces(view.lines);
  const first = pieces[0];
  if (!first) return undefined;
  const before = view.lines.slice(0, Math.min(first.from, first.named)).some(isContent);
  if (before) return undefined;
  if (view.info.attributes["wb-kind"] === "file")
    return { kind: "file", state: "declared", rule: "fence/file-path-comment" };
  const doubtful = pieces.find((piece) => !isCertain(view, piece));
  if (!doubtful) return { kind: "file", state: "recognised", rule: "fence/file-path-comment" };
  const content = doubtful.lines.findIndex(isContent);
  if (content < 0) return undefined;
  return ambiguous("fence/file-or-commands", "WB256", [
    { kind: "file", evidence: evidence(view, doubtful.named) },
    { kind: "script", evidence: evidence(view, doubtful.from + content) },
  ]);
};

/** Certain: a shebang, another language than shell, a known shape, or no line that a shell would run. */
function isCertain(view: View, piece: FilePiece): boolean {
  if (piece.shebang !== undefined) return true;
  if (piece.lines.every((line) => !isContent(line))) return false;
  if (!isShell(view) && !isSession(view) && !isUntagged(view)) return true;
  const form = configForm(piece.lines, isShell(view));
  if (form !== undefined) return form !== "systemd" || !piece.lines.some(isStrayCommand);
  return piece.lines
    .filter(isContent)
    .every((line) => looksLikeCommand(line) === "no" && !/^\s*[\w./~-]+(\s|$)/.test(line));
}

/** A line of shell between the sections and settings of a unit; a line behind a backslash goes on with its setting. */
const isStrayCommand = (line: string, index: number, lines: readonly string[]): boolean =>
  isContent(line) &&
  !/^\s*(?:\[|[\w-]+\s*=|;)/.test(line) &&
  !(lines[index - 1] ?? "").trimEnd().endsWith("\\") &&
  looksLikeCommand(line) === "command";

/** `title="/etc/app.conf"` of a site generator names the file as certainly as a comment does. */
export const filePathTitle: Rule = (view) => {
  const title = view.info.attributes["title"] ?? view.info.attributes["filename"] ?? view.info.attributes["file"];
  if (title === undefined || !/^[\w.@+/~-]*\.\w+$|^[~/][\w.@+/-]+$/.test(title) || isSession(view)) return undefined;
  if (!/^[~/]/.test(title) && !isShell(view)) return undefined;
  if (!isShell(view) || (shebangAt(view.lines) === 0 && /^[~/]/.test(title)))
    return { kind: "file", state: "recognised", rule: "fence/file-title" };
  return ambiguous("fence/file-or-commands", "WB256", [
    { kind: "file", evidence: `title=${title}` },
    { kind: "script", evidence: evidence(view, view.lines.findIndex(isContent)) },
  ]);
};

/** A shebang: at the top without a path, or behind other commands. What is to be run and what to be installed is not certain. */
export const shebang: Rule = (view) => {
  if (!isShell(view) && !isUntagged(view)) return undefined;
  const at = shebangAt(view.lines);
  if (at < 0) return undefined;
  const kind = view.info.attributes["wb-kind"];
  if (kind === "file") return { kind: "file", state: "declared", rule: "fence/shebang" };
  const inside = view.lines.slice(0, at).findIndex(isContent);
  const script = { kind: "script" as const, evidence: evidence(view, inside < 0 ? at + 1 : inside) };
  const file = { kind: "file" as const, evidence: evidence(view, namedAfter(view, at)) };
  const rule = inside < 0 ? "fence/shebang-without-path" : "fence/shebang-inside";
  return ambiguous(rule, inside < 0 ? "WB257" : "WB256", [file, script], {});
};

const namedAfter = (view: View, at: number): number => {
  for (let i = at; i < Math.min(at + 4, view.lines.length); i++) if (pathOf(view.lines[i] ?? "")) return i;
  return at;
};

/** A known shape of configuration, also where the fence says bash. */
export const configShape: Rule = (view) => {
  if (!isShell(view) && !isUntagged(view) && !isSession(view)) return undefined;
  const form = configForm(view.lines, !isUntagged(view));
  if (form === undefined) return undefined;
  return { kind: form === "json" ? "data" : "config", state: "recognised", rule: `fence/shape-${form}` };
};
