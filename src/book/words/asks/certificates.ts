import type { Ask } from "./ask.ts";
import { isOpen } from "./ask.ts";

const WHAT = "(?:(?:tls|ssl|https|server|ssl/tls|tls/ssl) )?certificates?";
const ZH_WHAT = "(?:tls|ssl|https|ssl/tls|tls/ssl|服务器|域名)? ?证书";
const HOST = "((?:https?://)?(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\d{1,5})?/?)";
const TIME = "(\\d{1,3}) ?(?:more )?(days?|weeks?)";
const ZH_TIME = "(\\d{1,3}) ?(天|日|周)";
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `^(?:the )?${WHAT}(?: (?:of|for|on|at) ${HOST})?(?: (?:is|are|remains?|stays?))? valid (?:for|>|≥)? ?(?:more than|at least|over|longer than|>|≥)? ?${TIME}(?: or more)?$`,
    "iu",
  ),
  new RegExp(
    `^(?:the )?${WHAT}(?: (?:of|for|on|at) ${HOST})? (?:has|have|with) (?:more than|at least|over|>=?) ?${TIME} (?:left|remaining|of validity(?: left)?)$`,
    "iu",
  ),
  new RegExp(
    `^(?:the )?${WHAT}(?: (?:of|for|on|at) ${HOST})? (?:does|do|will|must|should) not expire (?:within|in|in less than)(?: the next)? ${TIME}$`,
    "iu",
  ),
  new RegExp(
    `^(?:the )?${WHAT}(?: (?:of|for|on|at) ${HOST})? expires? in (?:more than|at least|over|>=?) ?${TIME}$`,
    "iu",
  ),
  new RegExp(
    `^${HOST}? ?的?${ZH_WHAT}(?:的)?(?:剩余)?(?:有效期|有效天数|剩余天数|剩余时间)(?:是否|应)?(?:还有|剩余)?(?:大于|超过|不少于|不低于|>=?|≥|至少) ?${ZH_TIME}(?:以上)?$`,
    "iu",
  ),
  new RegExp(
    `^${HOST}? ?的?${ZH_WHAT}(?:在)?(?:未来)? ?${ZH_TIME}(?:内|之内|以内)(?:不会|不|没有|未)(?:过期|到期)$`,
    "iu",
  ),
  new RegExp(`^${HOST}? ?的?${ZH_WHAT}(?:至少)?(?:还有|剩余) ?${ZH_TIME}(?:以上)?(?:才)?(?:过期|到期|有效)$`, "iu"),
];

const addressOf = (host: string): string => {
  const bare = host.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  return /:\d+$/.test(bare) ? bare : `${bare}:443`;
};

/** `Certificate valid for more than 30 days`, `证书 30 天内不会过期`. A month has no length, so it gives nothing. */
export const certificates: Ask = (sentence) => {
  const match = PATTERNS.map((pattern) => pattern.exec(sentence)).find((found) => found !== null);
  if (!match) return undefined;
  const [, host, amount, unit] = match;
  const days = Number(amount) * (/^(?:week|周)/iu.test(unit!) ? 7 : 1);
  return [
    {
      kind: "tls",
      params: { ...(host !== undefined && !isOpen(host) && { address: addressOf(host) }), measure: "days" },
      bands: { bad: "below", critical: days },
    },
  ];
};
