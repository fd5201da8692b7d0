import type { Proposal } from "../../../model/duty.ts";
import type { Ask } from "./ask.ts";
import { anyOf } from "./ask.ts";
import { DAEMONS, NO_PROGRAM } from "./daemons.ts";

const NAME = "[A-Za-z][\\w.@+-]{0,40}";
const NAMES = `${NAME}(?:(?: ?[,/、和与及] ?|,? and )${NAME}){0,5}`;
const THING = anyOf("service services daemon daemons process processes server servers worker workers");
const DOING =
  "(?:still )?(?:up and running|running|up|alive|active(?: \\(running\\))?|started)(?: (?:normally|fine|correctly|properly|ok))?";
const EN = new RegExp(`^(?:the )?(${NAMES})(?: (${THING}))?(?: (?:is|are))? ${DOING}$`, "iu");
const EN_EXISTS = new RegExp(`^(?:the )?(${NAMES}) (process|processes|daemon) (?:exists?|is present|status)$`, "iu");
/** So short that only a program known by name can be meant: an approval process is none. */
const SHORT = new RegExp(
  `^(?:the )?(${NAMES}) ?(?:process|processes|daemon|service|进程|服务进程|守护进程|服务)$`,
  "iu",
);
const EN_STATUS = new RegExp(`^(?:the )?(?:status|state) of (?:the )?(${NAMES})(?: (${THING}))?$`, "iu");
const EN_SHORT = new RegExp(`^(?:the )?(${NAMES}) (service|services|daemon|server) (?:status|state)$`, "iu");
const UNIT =
  /^systemctl (?:status|is-active) (?:--\S+ )*([\w.@+-]+?)(?:\.service)?(?: (?:shows?|returns?|is|says?|显示|返回)? ?active(?: \(running\))?)?$/iu;
const ZH = new RegExp(
  `^(${NAMES}) ?(服务进程|守护进程|服务|进程|主进程|后台进程)?(?:的)?(?:状态|运行状态)? ?(?:是否|均|都)*(?:已经|已|仍|正在|正常|在)*(?:运行|启动|存活|存在|running|active)(?:正常|中|着|良好|状态)*$`,
  "iu",
);
const ZH_STATUS = new RegExp(
  `^(${NAMES}) ?(服务进程|守护进程|服务|进程)(?:的)?(?:运行)?(?:状态(?:是否)?(?:正常)?|(?:是否)?正常)$`,
  "iu",
);

const bare = (name: string): string => name.toLowerCase().replace(/\.service$/, "");

/** A program that is known by name has its pattern; of a stranger only a person knows how its command line looks. */
function proposalFor(name: string, called: boolean): Proposal | undefined {
  const program = Object.hasOwn(DAEMONS, bare(name)) ? DAEMONS[bare(name)] : undefined;
  if (program !== undefined) return { kind: "process", params: { pattern: `^(\\S*/)?${program}([ :]|$)` } };
  return called && !NO_PROGRAM.test(name) ? { kind: "process", params: {} } : undefined;
}

/** `nginx is running`, `MySQL and Redis are up`, `the billing service is running`, `systemctl status nginx`. */
export const processes: Ask = (sentence) => {
  const unit = UNIT.exec(sentence);
  const [, list, thing] =
    [EN, EN_EXISTS, EN_STATUS, EN_SHORT, SHORT, ZH, ZH_STATUS]
      .map((pattern) => pattern.exec(sentence))
      .find((match) => match !== null) ?? [];
  if (unit) return some([proposalFor(unit[1]!, true)]);
  if (list === undefined) return undefined;
  return some(
    list.split(/ ?[,/、和与及] ?(?:and )?| and /iu).map((name) => proposalFor(name.trim(), thing !== undefined)),
  );
};

/** All or none: a list with one unknown name is not understood. */
const some = (proposals: readonly (Proposal | undefined)[]): readonly Proposal[] | undefined => {
  const known = proposals.filter((each) => each !== undefined);
  return known.length === proposals.length && known.length > 0 ? known : undefined;
};
