import type { Every } from "../../model/every.ts";
import { LONGEST_CELL, fold } from "./matcher.ts";

const WEEKDAY = "(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?";
/** Forms that state a frequency this model does not have: never rounded to a neighbour. */
const OTHER = new RegExp(
  [
    "每(?:隔)? ?(?:\\d+|[两二三四五六七八九十]) ?(?:个)?(?:小时|天|日|周|星期|月|年|分钟)",
    "每(?:个)?工作日|(?<![\\d一二三四五六七八九十个非])工作日|每分钟|每半(?:小时|天|月|年)|半年|双周|隔[日天周月]|两周一次",
    "每[天日周月年](?: ?)(?:[2-9]|\\d{2,}|[两二三四五六七八九十]) ?次|早中?晚(?:各(?: ?(?:一|1) ?次)?)?(?!高峰)|各 ?(?:一|1|[2-9两二三]) ?次",
    "每(?:个)?班(?:次)?(?![组级长车])|除(?:了)?(?:周|星期|节假日|法定|休息日)",
    "(?:周|星期)[一二三四五六日天] ?(?:至|到|-|–|—|~) ?(?:周|星期)?[一二三四五六日天]",
    "(?<![a-z])(?:bi|semi)[- ]?(?:weekly|monthly|annual(?:ly)?|yearly)\\b|\\bfortnightly\\b",
    "\\bevery (?:other|second|third|fourth|fifth|2nd|3rd|4th|nth|two|three|four|five|six|\\d+)\\b",
    "\\b(?:twice|thrice|two times|three times|\\d+ ?(?:x|times))[ -](?:(?:a|an|per|each|every) (?:day|week|month|year|hour)|hourly|daily|weekly|monthly|yearly)\\b",
    "\\b(?:every )?(?:weekday|business day|working day)s?\\b|\\bevery minute\\b|\\b(?:each|every|per) shift\\b(?! day)",
    `\\b${WEEKDAY}s? ?(?:-|–|—|~|to|through|thru|until) ?${WEEKDAY}s?\\b`,
    `\\b(?:except|excluding|but not|other than)(?: on)?(?: the)? (?:${WEEKDAY}|weekend|(?:public |bank )?holiday)s?\\b`,
  ].join("|"),
  "g",
);

const CLOCK = "(?<![\\d:])(?:[01]?\\d|2[0-3])(?::[0-5]\\d(?![\\d:])|(?:点|时)(?!间)| ?[ap]m\\b)";
/** A time of day, or the time from one to another, which is one. */
const TIMES = new RegExp(`${CLOCK}(?: ?(?:-|–|—|~|to|until|至|到) ?${CLOCK})?`, "g");
/** The times of day that a text names, when they are more than one: work at each of them is due more often than it says. */
export const severalTimes = (text: string): string | undefined => {
  const times = fold(text.slice(0, LONGEST_CELL)).match(TIMES) ?? [];
  return times.length > 1 ? times.join(", ") : undefined;
};

/** Every two or three months, every seven days and the like are exactly a calendar word. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/每(?:隔)? ?(?:3|三) ?个月(?: ?1 ?次| ?一次)?|\bevery (?:3|three) months\b/g, " quarterly "],
  [/每(?:隔)? ?(?:12|十二) ?个月|\bevery (?:12|twelve) months\b/g, " yearly "],
  [/每(?:隔)? ?(?:24) ?小时|\bevery (?:24) hours\b/g, " daily "],
  [/(?:周|星期)一 ?(?:至|到|-|–|~) ?(?:周|星期)?[日天]|\bmon(?:day)? ?(?:-|–|to|through) ?sun(?:day)?\b/g, " daily "],
  [/每(?:隔)? ?(?:7|七) ?天|\bevery (?:7|seven) days\b/g, " weekly "],
];

const latin = (list: string): string => `(?<![a-z0-9_])(?:${list})(?![a-z0-9_])`;
const EVERY: readonly (readonly [Every, RegExp])[] = [
  [
    "hourly",
    new RegExp(`每(?:个)?小时|每 ?(?:1|一) ?小时|${latin("hourly|every hour|each hour|once an hour|once per hour")}`),
  ],
  [
    "daily",
    new RegExp(
      `每[天日](?!志)|(?<![\\p{Script=Han}])日(?:常?巡检|检|巡|检查)|一天一次|${latin("daily|nightly|every (?:day|night|morning|evening|shift day)|each (?:day|morning)|once (?:a|per) day|once daily|day-to-day check")}`,
      "u",
    ),
  ],
  [
    "weekly",
    new RegExp(
      `每(?:个)?(?:周|星期)|(?<![\\p{Script=Han}])周(?:巡检|检|检查|例行)|一周一次|${latin("weekly|every week|each week|once (?:a|per) week|every (?:mon|tues|wednes|thurs|fri|satur|sun)day")}`,
      "u",
    ),
  ],
  [
    "monthly",
    new RegExp(
      `每(?:个)?月|(?<![\\p{Script=Han}])月(?:度|巡检|检|检查)|一月一次|${latin("monthly|every month|each month|once (?:a|per) month")}`,
      "u",
    ),
  ],
  [
    "quarterly",
    new RegExp(
      `每(?:个)?季度?|季度|(?<![\\p{Script=Han}])季(?:检|巡检)|${latin("quarterly|every quarter|each quarter|once (?:a|per) quarter")}`,
      "u",
    ),
  ],
  [
    "yearly",
    new RegExp(`每(?:一)?年|年度|一年一次|${latin("yearly|annual|annually|every year|each year|once (?:a|per) year")}`),
  ],
  [
    "on-create",
    new RegExp(
      `(?:创建|生成|新建)(?:时|后|即)|${latin("(?:on|at|upon|when|after) (?:creation|create|created|generation)")}`,
    ),
  ],
  [
    "on-change",
    new RegExp(
      `(?:变更|修改|变动|更新|改动)(?:时|后|即)|${latin("(?:on|upon|at|after|when|with) (?:each |every |any )?(?:change|changed|changes|modification|modified|update|updated|commit)")}`,
    ),
  ],
  [
    "stream",
    new RegExp(
      `实时|准实时|持续(?:备份|归档|同步|复制)|流式|${latin("real[ -]?time|streaming|stream|continuous|continuously|live replication")}`,
    ),
  ],
  [
    "pre-upgrade",
    new RegExp(
      `升级(?:之)?前|更新版本前|${latin("pre[ -]?(?:upgrade|update)|before (?:an? |each |every |any |the )?(?:upgrade|upgrades|upgrading)|prior to (?:an? |the )?upgrad(?:e|ing)")}`,
    ),
  ],
  [
    "pre-release",
    new RegExp(
      `(?:上线|发布|部署|投产|发版)(?:之)?前|${latin("pre[ -]?(?:release|deploy|deployment|launch|production|rollout|go[ -]live)|before (?:an? |each |every |any |the )?(?:release|releases|releasing|deploy|deploys|deployment|deployments|deploying|launch|go[ -]live|going live|rollout)")}`,
    ),
  ],
  [
    "pre-change",
    new RegExp(
      `(?:变更|改动|操作)(?:之)?前|${latin("pre[ -]?change|before (?:an? |each |every |any |the )?changes?|before changing")}`,
    ),
  ],
  [
    "on-demand",
    new RegExp(
      `按需|需要时|必要时|手动触发|${latin("on[ -]demand|as needed|as required|ad[ -]hoc|when needed|when required")}`,
    ),
  ],
];

export type EveryRead =
  | { readonly kind: "one"; readonly every: Every }
  /** Several, or one that the model does not have. */
  | { readonly kind: "unclear"; readonly candidates: readonly string[] }
  | { readonly kind: "none" };

/**
 * How often, as a heading, label or cell says it.
 * @example readEvery("日巡检（每天 1 次）") // { kind: "one", every: "daily" }
 */
export function readEvery(text: string): EveryRead {
  let folded = fold(text.slice(0, LONGEST_CELL));
  for (const [pattern, same] of SAME) folded = folded.replace(pattern, same);
  const others = [...new Set(folded.match(OTHER)?.map((found) => found.trim()))];
  const rest = folded.replace(OTHER, " ");
  const found = EVERY.filter(([, pattern]) => pattern.test(rest)).map(([every]) => every);
  if (others.length > 0) return { kind: "unclear", candidates: [...others, ...found] };
  const [every] = found;
  if (every === undefined) return { kind: "none" };
  const times = every === "daily" ? severalTimes(text) : undefined;
  if (times !== undefined) return { kind: "unclear", candidates: [times, ...found] };
  return found.length === 1 ? { kind: "one", every } : { kind: "unclear", candidates: found };
}

/** Names that are a frequency and nothing else. */
const SAID =
  /^(?:每(?:天|日|周|星期|个?月|季度?|年|个?小时)|(?:every|each) [a-z]+|hourly|daily|weekly|monthly|quarterly|annual|annually|yearly)$/;

/** The frequency that a whole name says (每日, every week), or undefined when it says more than that or none. */
export function saidEvery(name: string): Every | undefined {
  if (!SAID.test(fold(name))) return undefined;
  const read = readEvery(name);
  return read.kind === "one" ? read.every : undefined;
}

/** The one time of day `HH:MM` a text names, or undefined when it names none or several. */
export function readTimeOfDay(text: string): string | undefined {
  const found = [...fold(text.slice(0, LONGEST_CELL)).matchAll(/(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])/g)];
  const [first] = found;
  return found.length === 1 && first ? `${(first[1] ?? "").padStart(2, "0")}:${first[2]}` : undefined;
}
