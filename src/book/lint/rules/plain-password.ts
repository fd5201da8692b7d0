import type { LintRule } from "../../../model/book.ts";
import { ANY_PASSWORD, PASSWORD_ARGUMENT, PASSWORD_LABEL, PASSWORD_STAND_IN } from "../../words/lint.ts";
import { give } from "../give.ts";
import { LONGEST_LINE } from "../lines.ts";

/** `password: x`, `DB_PASSWORD=x`, `密码：x`: plain secrets that general scanners leave alone (M-061). */
export const plainPassword: LintRule = {
  codes: ["WB502"],
  run: (_book, { texts }) =>
    [...texts]
      .filter(([, text]) => ANY_PASSWORD.test(text))
      .flatMap(([file, text]) =>
        text.split("\n").flatMap((whole, index) => {
          const line = whole.slice(0, LONGEST_LINE);
          const [, ...parts] = PASSWORD_ARGUMENT.exec(line) ?? [];
          const [program, argument] = parts.filter((part) => part !== undefined);
          if (argument !== undefined && !PASSWORD_STAND_IN.test(argument))
            return [give("WB502", "error", { file, line: index + 1 }, { label: program! })];
          const match = PASSWORD_LABEL.exec(line);
          if (!match) return [];
          const value = match[2]!.replaceAll(/["'`,;]+$|^["'`]+/g, "");
          if (value.length < 4 || PASSWORD_STAND_IN.test(value)) return [];
          // A word with more words behind it is a sentence about a password.
          const rest = line.slice(match.index + match[0].length);
          if (/^[a-z]+$/i.test(value) && /^[.,]?\s+[a-z]/i.test(rest)) return [];
          return [give("WB502", "error", { file, line: index + 1 }, { label: match[1]! })];
        }),
      ),
};
