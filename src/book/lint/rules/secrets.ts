import type { LintRule } from "../../../model/book.ts";
import { PASSWORD_STAND_IN } from "../../words/lint.ts";
import { give } from "../give.ts";

/**
 * Cheap signs of what secretlint's recommended rules look for. Only files that carry one are handed to it: the
 * library costs far more than all the rest of lint together. Each pattern begins with a sign that prose seldom has and
 * looks back from there, so that a page without secrets costs next to nothing.
 */
const SIGNS: readonly RegExp[] = [
  /A(?:KIA|SIA|Iza|ccountKey=|GE-SECRET-KEY)|LTAI|PMAK-|SG\.[\w-]{10}/,
  /_(?<=(?:gh[opsru]|github_pat|[rs]k_live|shpat|dop_v1|lin_api|ntn|figd|gsk|dckr_pat)_)/,
  /_(?:(?<=(?:npm|secret)_)[A-Za-z0-9]{20}|(?<=hf_)[A-Za-z]{20}|authToken|(?<=aws_)secret|(?<="private_)key"|(?<=ops_)ey|(?<=docker(?:hub)?_)pat)/,
  /-(?:----BEGIN|(?<=(?:glpat|xox[abprs]|sk-ant|sk-proj)-))/,
  /\.(?:(?<=hvs\.)|(?<=hooks\.)slack\.com)/,
  /:\/\/[^\s:/@]+:[^\s@/]+@/,
];
const isSuspect = (text: string): boolean => SIGNS.some((sign) => sign.test(text));

const LOGIN = /:\/\/[^\s:/@]*:([^\s@/]+)@([\w.-]*)/g;
/** Hosts that only examples have. */
const NOWHERE = /(?:^|\.)example(?:\.|$)|\.(?:test|invalid|example)$|^(?:host|hostname|server|localhost|x|y)?$/i;

/** Passwords in addresses that stand for nothing else: user:pass, name:password and $VARIABLE are none. */
const logins = (line: string): readonly string[] =>
  line.includes("://")
    ? [...line.matchAll(LOGIN)]
        .filter((match) => !NOWHERE.test(match[2] ?? ""))
        .map((match) => match[1] ?? "")
        .filter((one) => !PASSWORD_STAND_IN.test(one) && !/^(?:pass|pw|p4ss)\w{0,4}$/i.test(one))
    : [];

/**
 * Longest text given to the library at once, characters, and how much of it the next one has again: a key of many lines
 * must be whole in one of them. The library compares every message of a text with every other.
 */
const PIECE = 40_000;
const OVERLAP = 8_000;

interface Seen {
  readonly line: number;
  readonly id: string;
  readonly kind: string;
}

/** Parts of a text with the number of lines before each. */
function* piecesOf(text: string): Generator<{ readonly content: string; readonly before: number }> {
  let before = 0;
  for (let from = 0; ; from += PIECE - OVERLAP) {
    yield { content: text.slice(from, from + PIECE), before };
    if (from + PIECE >= text.length) return;
    before += text.slice(from, from + PIECE - OVERLAP).split("\n").length - 1;
  }
}

/** Secrets of known shapes: tokens, private keys, connection strings with a password (M-061). */
export const secrets: LintRule = {
  codes: ["WB501"],
  run: async (_book, { texts }) => {
    const suspects = [...texts].filter(([, text]) => isSuspect(text));
    if (suspects.length === 0) return [];
    const [{ lintSource }, preset] = await Promise.all([
      import("@secretlint/core"),
      import("@secretlint/secretlint-rule-preset-recommend"),
    ]);
    const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: preset.creator }] };
    const seenIn = async (filePath: string, text: string): Promise<readonly Seen[]> => {
      const seen: Seen[] = [];
      for (const { content, before } of piecesOf(text)) {
        if (!isSuspect(content)) continue;
        const source = { filePath, content, contentType: "text" as const };
        const options = { config, noPhysicFilePath: true, maskSecrets: true };
        for (const { loc, messageId, ruleId } of (await lintSource({ source, options })).messages)
          seen.push({
            line: before + loc.start.line,
            id: messageId,
            kind: `${ruleId.split("-rule-").at(-1)}/${messageId}`,
          });
      }
      return seen;
    };
    const found = await Promise.all(
      suspects.map(async ([file, text]) => {
        const lines = text.split("\n");
        const has = lines.map((line) => logins(line).length > 0);
        const seen = (await seenIn(file, text)).filter(({ id, line }) => id !== "BasicAuth" || has[line - 1]);
        // The library knows public names only; a password in the address of an internal host is one all the same.
        const known = new Set(seen.map(({ line }) => line));
        const own = [...has.keys()].filter((index) => has[index] && !known.has(index + 1));
        return [...seen, ...own.map((index) => ({ line: index + 1, kind: "basicauth/BasicAuth" }))].map(
          ({ line, kind }) => give("WB501", "error", { file, line }, { kind }),
        );
      }),
    );
    return found.flat();
  },
};
