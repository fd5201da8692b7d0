import type { LintRule } from "../../../model/book.ts";
import { ANY_PASSWORD, PASSWORD_ARGUMENT, PASSWORD_LABEL, PASSWORD_STAND_IN } from "../../words/lint.ts";
import { ANY_CREDENTIAL, HEADER, isLoginPassword, letsIn, LOGIN_TOLD } from "../../words/credentials.ts";
import { isTold, PASSWORD_TOLD } from "../../words/passwords.ts";
import { envValues } from "../env-values.ts";
import { give } from "../give.ts";
import { windowsOf, type Window } from "../lines.ts";
import { passwordCells } from "../password-cells.ts";

/** `password: x`, `DB_PASSWORD=x`, `密码：x`, a table's column of passwords, a header that lets in, a login with its password: plain secrets that general scanners leave alone (M-061). */
export const plainPassword: LintRule = {
  codes: ["WB502"],
  run: (_book, { texts }) =>
    [...texts].flatMap(([file, text]) => {
      const holds = { password: ANY_PASSWORD.test(text), credential: ANY_CREDENTIAL.test(text) };
      if (!holds.password && !holds.credential) return [];
      const lines = text.split("\n");
      const known = new Map([
        ...passwordCells(lines).map(({ line, label }) => [line, label] as const),
        ...envValues(lines),
      ]);
      return lines.flatMap((line, index) => {
        const label = known.get(index + 1) ?? labelIn(line, holds);
        return label === undefined ? [] : [give("WB502", "error", { file, line: index + 1 }, { label })];
      });
    }),
};

/** Words of which there are some in the whole text. */
interface Holds {
  readonly password: boolean;
  readonly credential: boolean;
}

/** What a line calls the password that stands in it, or the program it is given to, however far to the right. */
function labelIn(line: string, holds: Holds): string | undefined {
  const password = holds.password && ANY_PASSWORD.test(line);
  const credential = holds.credential && ANY_CREDENTIAL.test(line);
  if (!password && !credential) return undefined;
  for (const window of windowsOf(line)) {
    const label =
      (password ? (argument(window) ?? labelled(window) ?? told(window)) : undefined) ??
      (credential ? (header(window) ?? login(window)) : undefined);
    if (label !== undefined) return label;
  }
  return undefined;
}

const ARGUMENTS = new RegExp(PASSWORD_ARGUMENT, `${PASSWORD_ARGUMENT.flags}g`);
const LABELS = new RegExp(PASSWORD_LABEL, `${PASSWORD_LABEL.flags}g`);
const HEADERS = new RegExp(HEADER, `${HEADER.flags}g`);
const LOGINS = new RegExp(LOGIN_TOLD, `${LOGIN_TOLD.flags}g`);
const TELLS = new RegExp(PASSWORD_TOLD, `${PASSWORD_TOLD.flags}g`);

function argument({ text, end }: Window): string | undefined {
  for (const match of text.matchAll(ARGUMENTS)) {
    const [program, value = ""] = match.slice(1).filter((part) => part !== undefined);
    if (match.index < end && !PASSWORD_STAND_IN.test(value)) return program;
  }
  return undefined;
}

function labelled({ text, end }: Window): string | undefined {
  for (const match of text.matchAll(LABELS)) {
    if (match.index >= end) return undefined;
    const value = match[2]!.replace(/["'`,;]{1,8}$/, "").replace(/^["'`]{1,8}/, "");
    if (value.length < 4 || PASSWORD_STAND_IN.test(value)) continue;
    // A word with more words behind it is a sentence about a password.
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 100);
    if (!(/^[a-z]+$/i.test(value) && /^[.,]?\s+[a-z]/i.test(rest))) return match[1]!;
  }
  return undefined;
}

function told({ text, end }: Window): string | undefined {
  for (const { index, groups } of text.matchAll(TELLS)) {
    const bare = (groups?.["value"] ?? "").replace(/(?:["'`*]+.*|[.,;:!?)]+)$/, "");
    if (index < end && isTold(bare, groups?.["open"] ?? "")) return groups?.["label"];
  }
  return undefined;
}

function header({ text, end }: Window): string | undefined {
  for (const { index, groups } of text.matchAll(HEADERS)) {
    const { label = "", scheme, value = "" } = groups ?? {};
    if (index < end && letsIn(label, scheme, value)) return label;
  }
  return undefined;
}

function login({ text, end }: Window): string | undefined {
  for (const { index, groups } of text.matchAll(LOGINS)) {
    const { label, user = "", value = "" } = groups ?? {};
    if (index < end && isLoginPassword(user, value)) return label;
  }
  return undefined;
}
