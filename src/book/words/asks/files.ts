import type { Ask } from "./ask.ts";
import { isOpen } from "./ask.ts";

const PATH = "(/[\\w./@+-]+)";
const WHAT = "(?:the )?(?:(?:file|directory|folder|文件|目录) ?)?";
const THERE = new RegExp(`^${WHAT}${PATH} ?(?:exists?|is present|is there|(?:是否)?存在)$`, "iu");
const GONE = new RegExp(`^${WHAT}${PATH} ?(?:does not exist|is absent|is not there|不存在)$`, "iu");
const YOUNG: readonly RegExp[] = [
  new RegExp(
    `^${WHAT}${PATH} (?:is|was) (?:less than|not older than|no older than|younger than) (\\d{1,3}) ?(hours?|days?|minutes?)(?: old)?$`,
    "iu",
  ),
  new RegExp(
    `^${WHAT}${PATH} (?:was|is) (?:updated|written|changed|modified) (?:within|in) the last (\\d{1,3}) ?(hours?|days?|minutes?)$`,
    "iu",
  ),
  new RegExp(`^${WHAT}${PATH} ?(?:在|最近)? ?(\\d{1,3}) ?(小时|天|分钟)(?:内|以内)(?:有)?(?:更新|修改|写入)过?$`, "iu"),
];
const MODE = new RegExp(
  `^${WHAT}${PATH} ?(?:的)?(?:has (?:mode|permissions?)|(?:mode|permissions?) (?:is|are)|权限(?:是否)?[为是]?) ?(0?[0-7]{3})$`,
  "iu",
);

const unitOf = (word: string): string => (/^(?:h|小时)/iu.test(word) ? "h" : /^(?:d|天)/iu.test(word) ? "d" : "m");

/** `/run/app.pid exists`, `/etc/maintenance.flag 不存在`, `/data/key.pem permissions are 600`. */
export const files: Ask = (sentence) => {
  const mode = MODE.exec(sentence);
  const young = YOUNG.map((pattern) => pattern.exec(sentence)).find((match) => match !== null);
  const gone = GONE.exec(sentence);
  const path = (mode ?? young ?? gone ?? THERE.exec(sentence))?.[1];
  if (path === undefined || isOpen(path)) return undefined;
  if (mode) return [{ kind: "file", params: { path, mode: mode[2]!.padStart(4, "0") } }];
  if (young) return [{ kind: "file", params: { path, maxAge: `${young[2]}${unitOf(young[3]!)}` } }];
  return [{ kind: "file", params: gone ? { path, exists: false } : { path } }];
};
