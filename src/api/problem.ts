import { WatchbookError } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { sayError } from "../i18n/texts.ts";
import type { Problem } from "./contract.ts";

const STATUS: readonly (readonly [RegExp, number])[] = [
  [/^(?:SIGN-IN|OIDC)-WAIT$/, 429],
  [/^(?:SIGN-IN|SIGN-IN-WRONG)$/, 401],
  [
    /^(?:NOT-ALLOWED(?:-TARGET)?|CSRF|STRONG-NEEDED|TOKEN-OTHER|ACCOUNT-(?:TOKEN|OWN)|SETUP-(?:CODE|ELSEWHERE)|OIDC-(?!ABSENT).+)$/,
    403,
  ],
  [/^(?:SETUP-DONE|ACCOUNT-THERE|EMERGENCY-ON)$/, 409],
  [/^TOKEN-(?:NEEDED|UNKNOWN)$/, 401],
  [/^(?:TOKEN-(?:SCOPE|SOCKET-ONLY|ITSELF)|INBOUND-SILENCE|HOST-NOT-SERVED)$/, 403],
  [/-UNKNOWN(?:-NEAR)?$|^NO-DUTIES$|-ABSENT$/, 404],
  [/^BODY-NO-LENGTH$/, 411],
  [/^APPROVAL-/, 403],
  // What is asked for fits the contract, but not what there is now.
  [/^(?:INCIDENT-(?:OVER|NOT-OVER|HAS|TAKEN|PAUSED|RUNNING|REVIEWED|PATH-.*)|PROBLEM-CLOSED)$/, 409],
  [/^(?:ALERT-OVER|LINK-(?:USED|OVER))$/, 409],
  [/^(?:RUN-(?!WHICH|PARAM)|PLAN-(?:CHANGED|OTHER|INCOMPLETE)$)/, 409],
  [/^BODY-TOO-LARGE$/, 413],
  [/^INBOUND-FULL$/, 429],
  [/^BODY-NOT-JSON$/, 415],
  [/^STORE-/, 503],
  [/^INTERNAL$/, 500],
];

/** HTTP status of an error's code; 400 for what the caller can mend. */
export const statusOf = (code: string): number => STATUS.find(([form]) => form.test(code))?.[1] ?? 400;

/** An error as an RFC 9457 problem, said in `lang`. */
export function problemOf(error: WatchbookError, lang: Lang): Problem {
  const { say, fix } = sayError(error, lang);
  const status = statusOf(error.code);
  const args = Object.fromEntries(
    Object.entries(error.args).map(([name, value]) => [name, typeof value === "object" ? [...value] : value]),
  );
  const { code, exit } = error;
  return { type: `urn:watchbook:error:${code}`, title: say, status, detail: fix, code, say, fix, args, exit };
}

/** The answer that carries a problem. */
export function refuse(error: WatchbookError, lang: Lang): Response {
  const problem = problemOf(error, lang);
  const headers: Record<string, string> = { "content-type": "application/problem+json; charset=utf-8" };
  // Browsers then ask for name and password: the token is the password, for reading only.
  if (problem.status === 429) headers["retry-after"] = String(error.args["seconds"] ?? 60);
  // A page asks for name and password itself: the browser's own window must not open over it.
  if (problem.status === 401 && error.code.startsWith("TOKEN-"))
    headers["www-authenticate"] = 'Bearer realm="watchbook", Basic realm="watchbook", charset="UTF-8"';
  return new Response(`${JSON.stringify(problem)}\n`, { status: problem.status, headers });
}
