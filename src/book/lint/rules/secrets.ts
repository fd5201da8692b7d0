import type { LintRule } from "../../../model/book.ts";
import { PASSWORD_STAND_IN } from "../../words/lint.ts";
import { give } from "../give.ts";

/**
 * Cheap signs of what secretlint's recommended rules look for. Only files that carry one are handed to it: the
 * library costs far more than all the rest of lint together.
 */
const SIGNS =
  /-----BEGIN|AKIA|ASIA|aws_secret|gh[opsru]_|github_pat_|glpat-|xox[abprs]-|hooks\.slack\.com|sk_live_|rk_live_|sk-ant-|sk-proj-|SG\.[\w-]{10}|npm_[A-Za-z0-9]{20}|_authToken|AIza|shpat_|AccountKey=|"private_key"|:\/\/[^\s:/@]+:[^\s@/]+@|LTAI|dop_v1_|hvs\.|lin_api_|ops_ey|ntn_|secret_[A-Za-z0-9]{20}|figd_|AGE-SECRET-KEY|PMAK-|gsk_|hf_[A-Za-z]{20}|docker(?:hub)?_pat|dckr_pat_/;

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

/** Secrets of known shapes: tokens, private keys, connection strings with a password (M-061). */
export const secrets: LintRule = {
  codes: ["WB501"],
  run: async (_book, { texts }) => {
    const suspects = [...texts].filter(([, text]) => SIGNS.test(text));
    if (suspects.length === 0) return [];
    const [{ lintSource }, preset] = await Promise.all([
      import("@secretlint/core"),
      import("@secretlint/secretlint-rule-preset-recommend"),
    ]);
    const config = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: preset.creator }] };
    const found = await Promise.all(
      suspects.map(async ([file, content]) => {
        const source = { filePath: file, content, contentType: "text" as const };
        const { messages } = await lintSource({
          source,
          options: { config, noPhysicFilePath: true, maskSecrets: true },
        });
        const lines = content.split("\n");
        const seen = messages.flatMap(({ loc, messageId, ruleId }) => {
          const line = loc.start.line;
          if (messageId === "BasicAuth" && logins(lines[line - 1] ?? "").length === 0) return [];
          return [{ line, kind: `${ruleId.split("-rule-").at(-1)}/${messageId}` }];
        });
        // The library knows public names only; a password in the address of an internal host is one all the same.
        const own = lines.flatMap((text, index) =>
          logins(text).length === 0 || seen.some(({ line }) => line === index + 1)
            ? []
            : [{ line: index + 1, kind: "basicauth/BasicAuth" }],
        );
        return [...seen, ...own].map(({ line, kind }) => give("WB501", "error", { file, line }, { kind }));
      }),
    );
    return found.flat();
  },
};
