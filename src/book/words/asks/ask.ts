import type { Proposal } from "../../../model/duty.ts";

/**
 * One kind of sentence that says what must hold, and the check that would see it. Takes a sentence as `asked` gives it;
 * answers only when nothing in the sentence is left over: what it does not understand could change what is meant.
 */
export type Ask = (sentence: string) => readonly Proposal[] | undefined;

/** A longer item is prose. */
const LONGEST = 200;

const LEAD =
  /^(?:please )?(?:check|verify|confirm|ensure|make sure|validate|test|see|look|monitor|inspect|is|are)(?: (?:that|whether|if|for))?\s+(?:the )?|^请?(?:检查|确认|查看|核实|核对|验证|确保|检测|测试|巡检|监控|观察)(?:一下)?:?\s*/iu;
/** A hint in brackets which command shows it says nothing new. */
const HINT =
  /\s*\((?:(?:use|using|via|see|run|with|用|使用|执行|命令:?|通过)\s*)?(?:df|du|free|top|htop|uptime|systemctl|service|ps|pgrep|ss|netstat|curl|tail|grep|journalctl|openssl|ls|stat|vmstat|nproc|telnet|nc|ping)(?: [^()<>]*)?\)$/iu;
const LABEL = /^([^\s:/](?:[^:/]{0,20}[^\s:/])?):\s*(?!\/)(?=\D)/u;

/** An item as asks read it: half-width, without the word for looking, a hint at a command, and the final mark. */
export function asked(item: string): string | undefined {
  if (item.length > LONGEST) return undefined;
  const plain = item.normalize("NFKC").replace(/\s+/g, " ").trim();
  const bare = plain.replace(/\s*[.。!;?]+$/u, "").replace(HINT, "");
  const [label, name] = LABEL.exec(bare) ?? [];
  const joined =
    label === undefined ? bare : `${name}${/\p{Script=Han}$/u.test(name!) ? "" : " "}${bare.slice(label.length)}`;
  return joined.replace(LEAD, "").trim();
}

/** A value of a sentence that a person has still to fill in is no value. */
export const isOpen = (value: string): boolean => /[<>{}$*]|\bexample\b|YYYY|x{3,}|\.{3}|…|你的|您的/iu.test(value);

/** An alternation from blank-separated words; `_` stands for a blank. */
export const anyOf = (words: string): string => `(?:${words.trim().split(/\s+/).join("|").replaceAll("_", " ")})`;
