import type { LintRule } from "../../../model/book.ts";
import { SIGNED_TOKEN } from "../../words/credentials.ts";
import { give } from "../give.ts";

/** A whole JSON Web Token: whoever has it is let in until it ends, and its parts can be read by everybody (M-061). */
export const signedToken: LintRule = {
  codes: ["WB501"],
  run: (_book, { texts }) =>
    [...texts]
      .filter(([, text]) => text.includes("eyJ") && SIGNED_TOKEN.test(text))
      .flatMap(([file, text]) =>
        text
          .split("\n")
          .flatMap((line, index) =>
            SIGNED_TOKEN.test(line) ? [give("WB501", "error", { file, line: index + 1 }, { kind: "jwt/JWT" })] : [],
          ),
      ),
};
