import type { Proposal } from "../../../model/duty.ts";
import type { Ask } from "./ask.ts";
import { isOpen } from "./ask.ts";

const WHAT = "(?:(?:database|db|file|files|config|full) )?backups?";
const DAY =
  "(?:last night(?:['’]s)?|yesterday(?:['’]s)?|today(?:['’]s)?|tonight(?:['’]s)?|this morning(?:['’]s)?|nightly|daily|latest|last|newest|most recent|(weekly|monthly))";
const PATH = "(/[\\w./-]+)";
const DONE =
  "(?:exists?|is (?:there|present|complete)|are (?:there|present)|has (?:run|completed)|completed|ran|succeeded|was (?:made|written)|was successful|(?:finished|completed) successfully)";
const ZH_DAY = "(?:昨夜|昨晚|昨日|昨天|今日|今天|当日|当天|每日|最新|最近一次|最近|(每周|本周|上周|每月|本月))";
const ZH_DONE = "(?:是否)?(?:已|均|都)?(?:成功|正常)?(?:存在|完成|生成|执行成功|成功|已生成|执行)";
const EXISTS: readonly RegExp[] = [
  new RegExp(`^(?:the )?${DAY} ${WHAT}(?: (?:job|run|file))? ?${DONE}(?: in ${PATH})?$`, "iu"),
  new RegExp(`^(?:the )?${WHAT} (?:of|from) ${DAY} ${DONE}(?: in ${PATH})?$`, "iu"),
  new RegExp(`^(?:the )?${WHAT} (?:was|were) (?:taken|made|created|written|done) ${DAY}()$`, "iu"),
  new RegExp(`^${ZH_DAY}的?(?:数据库|全量|增量|文件)?备份(?:文件|任务)?${ZH_DONE}()$`, "iu"),
  new RegExp(
    `^(?:备份目录 ?)?${PATH} ?(?:目录)?(?:中|下|里|内)?(?:是否)?(?:有|存在|已有)()(?:昨夜|昨晚|昨日|昨天|今日|今天|当日|当天|最新)的?备份(?:文件)?$`,
    "iu",
  ),
];
const AGE: readonly RegExp[] = [
  new RegExp(
    `^(?:the )?(?:latest|last|newest|most recent) ${WHAT}(?: in ${PATH})? (?:is|was) (?:less than|not older than|no older than|younger than|at most|within) (\\d{1,3}) ?(hours?|days?|h|d)(?: old| ago)?$`,
    "iu",
  ),
  new RegExp(
    `^()(?:最近一次|最近|最新)的?备份(?:文件)?(?:是否)?(?:在|距今|不超过|距今不超过|早于)* ?(\\d{1,3}) ?(小时|天)(?:内|以内|之内)?$`,
    "iu",
  ),
];
/** One period and the time to run in. */
const AGES: readonly (readonly [RegExp, string])[] = [
  [/week|周/iu, "8d"],
  [/month|月/iu, "32d"],
];

const directory = (path: string | undefined): Proposal["params"] => (path && !isOpen(path) ? { directory: path } : {});

/** `Backup of last night exists`, `昨夜备份已完成`, `the latest backup is less than 24 hours old`. */
export const backups: Ask = (sentence) => {
  for (const pattern of EXISTS) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    const [period, path] = match[1]?.startsWith("/") ? [undefined, match[1]] : [match[1], match[2]];
    const age = AGES.find(([words]) => period !== undefined && words.test(period))?.[1];
    return [{ kind: "newest", params: { ...directory(path), ...(age !== undefined && { maxAge: age }) } }];
  }
  for (const pattern of AGE) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    const [, path, amount, unit] = match;
    return [
      { kind: "newest", params: { ...directory(path), maxAge: `${amount}${/^(?:d|天)/iu.test(unit!) ? "d" : "h"}` } },
    ];
  }
  return undefined;
};
