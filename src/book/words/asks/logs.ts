import type { Ask } from "./ask.ts";
import { isOpen } from "./ask.ts";

const PATH = "(/[\\w./*@+-]+)";
const LOGS_EN = "(?:the )?(?:(?:system|application|app|service|server|nginx|docker|error) )?logs?(?: files?)?";
const ERRORS_EN = "(new |unusual |abnormal )?(?:errors?|error (?:entries|messages|lines))";
const ERRORS_ZH = "(?:error|错误|报错|异常|错误日志|error 日志|错误信息|报错信息)";
const NONE_ZH = "(?:中|里|内)?(?:是否)?(?:有无|没有|无|未出现|未见|不存在|是否有|有没有|是否存在)(新的|新增)?";
const PATTERNS: readonly RegExp[] = [
  new RegExp(`^(?:there (?:are|is) )?(?:no )?${ERRORS_EN} in (?:the log )?(?:${PATH}|${LOGS_EN})$`, "iu"),
  new RegExp(`^(?:日志(?:文件)? ?)?${PATH} ?${NONE_ZH} ?${ERRORS_ZH}(?:日志|信息|记录)?$`, "iu"),
  new RegExp(`^(?:系统|应用|服务|程序|业务|运行|错误)?日志(?:文件)?${NONE_ZH} ?${ERRORS_ZH}(?:日志|信息|记录)?$`, "iu"),
];

/** A file, or files of one folder; a folder alone does not say which of its files are logs. */
const isFile = (path: string): boolean =>
  !isOpen(path.replaceAll("*", "")) && /\.[a-z]\w*$|\/(?:messages|syslog|secure)$|\*/i.test(path);

/**
 * `No errors in /var/log/app/error.log`, `/var/log/messages 无报错`: not one line may be found. New or unusual ones are
 * what the check counts against the usual by itself.
 */
export const logs: Ask = (sentence) => {
  const match = PATTERNS.map((pattern) => pattern.exec(sentence)).find((found) => found !== null);
  if (!match) return undefined;
  const path = match.slice(1).find((part) => part?.startsWith("/"));
  const unusual = sentence.endsWith("异常");
  const spike = unusual || match.slice(1).some((part) => part !== undefined && !part.startsWith("/"));
  const files = path !== undefined && isFile(path) ? { files: path } : {};
  if (spike) return [{ kind: "log-errors", params: files }];
  return [{ kind: "log-errors", params: { ...files, judge: "bands" }, bands: { bad: "above", critical: 0.001 } }];
};
