import { LONGEST_CELL, fold, unnumbered } from "./matcher.ts";

/** What happens on no fixed day. */
const HAPPENS =
  "deploy(?:ment|ing)?s?|releases?|upgrad(?:e|es|ing)|updates?|changes?|incidents?|outages?|failures?|failovers?|restarts?|reboots?|maintenance|migrations?|alerts?|alarms?|holidays?|promotions?|sales?|campaigns?|launch(?:es)?|go[- ]live|restores?|rollbacks?|switchovers?|patch(?:es|ing)?|installations?|crash(?:es)?";
const ANY = "(?:an? |any |each |every |the |a new )?";
/** … and what comes every day: work that is due around it keeps the frequency of the heading above. */
const DAY =
  "(?:the )?(?:market|trading|session|open(?:ing)?|clos(?:e|ing)|shift|hand-?over|lunch|noon|midnight|work|business|office|hours|dawn|dusk|breakfast)";
const ENGLISH = new RegExp(
  `^(?:(?:after|before|when|whenever|once|upon|prior to|following|in case of|during)\\b(?! ${DAY}\\b)|(?:on|at|every|each|with each|with every) ${ANY}(?:[\\w-]+ )?(?:${HAPPENS})\\b|(?:pre|post)[- ](?:${HAPPENS})\\b)`,
);
const CHINESE =
  /(?:(?<![当目以前提售善背最])[前后]|(?<![临实定及同超延准按限小即有])时|期间)(?:的)?(?:检查|巡检|核对|确认|工作|任务|清单|事项|操作)*$/;
const CHINESE_DAY =
  /(?:开盘|收盘|开市|闭市|休市|盘|交易|上班|下班|交班|接班|交接班|换班|营业|早|午|晚|夜|睡|天亮)(?:之|以)?[前后时间]/;

/** A heading that names an occasion (`After deployment`, `大促前`): what stands below is due then, whatever the heading above says. */
export function isOccasion(heading: string): boolean {
  const text = fold(unnumbered(heading.slice(0, LONGEST_CELL)))
    .replace(/\s*\([^()]*\)\s*$/, "")
    .replace(/:$/, "")
    .trim();
  return ENGLISH.test(text) || (CHINESE.test(text) && !CHINESE_DAY.test(text));
}
