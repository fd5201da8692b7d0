/**
 * Words of the text around a block that say it is not to be run: a prohibition that points at it, or a sentence, heading or
 * remark that is nothing but one. What forbids something else (root to log in, a cipher) forbids no block. Every pattern is
 * linear; texts come cut to a few hundred characters.
 */

import { remembered } from "./matcher.ts";

const NOT = String.raw`(?:under no circumstances(?: should| may| must)?(?: you| anyone| anybody)?|no ?(?:one|body) (?:may|should|must|can)|do not|don['’]?t|never|must(?: not|n['’]?t| never)|should(?: not|n['’]?t| never)|(?:may|can|shall) ?not|can['’]t)`;
const EVER = "(?:,? (?:ever|under any circumstances|in any case),?| simply| just| blindly| directly| actually| even)?";
const RUN =
  "(?:run|execute|use|do|type|paste|copy and paste|copy|issue|try|follow|apply|perform|imitate|attempt|invoke|enter)";
const RUNNING = "(?:running|executing|using|doing|typing|pasting|copying|issuing|trying|following|applying|performing)";
const DONE = "(?:run|executed|used|done|typed|pasted|copied|issued|tried|followed|applied|performed|imitated)";
const THING =
  "(?:commands?|lines?|blocks?|scripts?|snippets?|statements?|query|queries|steps?|code|examples?|procedures?|operations?)";
/** What may follow `this` without being what is forbidden: `do not use this port` is another thing. */
const ENDS = String.raw`(?=\s*(?:$|[.!?,;:)\]—–-]|(?:on|in|at|against|during|as|if|when|while|without|unless|until|before|after|except|by|from|for|yourself|anymore|any|again|under|or|and|because|since|even|here|ever|like|way|is|are|must|should|may|can|shall)\b))`;
const THIS = String.raw`(?:(?:any|one|either|all) of )?(?:(?:like )?(?:this|these|those)(?: (?:[\w-]+ )?${THING})?|the (?:command|script|block))${ENDS}`;
const IT = String.raw`(?:it(?: like (?:this|that))?|that)${ENDS}`;
const NEXT = `(?:the following|what follows|the (?:next|below) ${THING}|(?:the )?${THING} (?:shown |given |listed )?below|below)`;
const PREVIOUS = `(?:the above|(?:the )?above ${THING}|(?:the )?${THING} (?:shown |given |listed )?above|the (?:previous|preceding) ${THING}|above)`;

/** A prohibition of what the words point at. */
const forbids = (points: string): RegExp =>
  new RegExp(
    [
      String.raw`(?<!\b(?:if|when) (?:you|we|they) )\b${NOT}${EVER} ${RUN} (?:(?:any|one|either|all) of )?${points}`,
      String.raw`\b(?:avoid|refrain from) ${RUNNING} ${points}`,
      String.raw`\b${points} (?:(?:must|should|may|can|shall)(?: \w+)? (?:not|never)(?: ever)? be|cannot be|(?:is|are) (?:not|never) to be) ${DONE}\b`,
      String.raw`\b(?:${RUNNING} )?${points}(?: commands?)?(?<!\bthat|\bit) (?:is|are|was|were)(?: (?:strictly|absolutely|now|only|just|merely|an?|the|classic|typical|known|long)){0,3} (?:forbidden|prohibited|banned|disallowed|not allowed|not permitted|not recommended|no longer (?:used|needed|valid|supported)|wrong|incorrect|deprecated|obsolete|retired|for (?:reference|illustration|information)|examples? of (?:what|how) not to|what not to do|how not to|(?:bad|wrong|negative|counter|incorrect)[- ]?examples?|bad practice|anti-?patterns?)\b`,
      String.raw`\b${points} (?:is|are) (?:only|just|merely) (?:an? )?(?:example|illustration|sample)s?\b`,
      String.raw`\bit is (?:strictly |absolutely )?(?:forbidden|prohibited|not allowed|not permitted) to ${RUN} ${points}`,
    ].join("|"),
    "i",
  );

const ZH_NOT =
  "(?:千万|绝对)?(?:不要|别|切勿|切莫|切忌|请勿|禁止|严禁|勿|不得|不可以?|不能|不许|不准|不允许|不应该?|不该|避免|不建议|不推荐)";
const ZH_EVER = "(?:再|直接|随意|轻易|手动|擅自|盲目|自行|贸然){0,2}";
const ZH_PLACE = "(?:在[^，。；,;]{1,16}?)?";
const ZH_SO = "(?:这样|这么|如此)(?:做|操作|写|用|执行|运行)?";
const ZH_RUN = `(?:执行|运行|操作|使用|复制|粘贴|照做|照搬|照抄|模仿|尝试|输入|跑|${ZH_SO})`;
const ZH_THING = "(?:命令|脚本|语句|操作|代码|写法|做法|方法|步骤)";
const ZH_THIS = `(?:此|该|本|这(?:条|个|些|段|组|几条|几个|类|种)?)${ZH_THING}`;
const ZH_NEXT = "(?:以下|下面|下列|下方|下述|如下)";
const ZH_PREVIOUS = "(?:以上|上述|上面|上方|前面|前述)";
/** The sentence is about what is pointed at, not about what holds while it is done. */
const ZH_ABOUT = "(?<!执行|运行|使用|通过|按|照|完成|在|进行|输入|出现)";
const ZH_BETWEEN = "(?:(?!期间|过程|时|前|后|系统|业务|用户|服务)[^。；;]){0,16}?";
const ZH_ENDS = String.raw`(?=\s*(?:$|[，。！!；;,、：:.)）】\]]|的))`;
const ZH_WRONG = "(?:错误|反面|负面|不当|不正确)的?(?:操作|命令)?(?:示范|示例|案例|例子|做法|写法|用法|方式|教材)";

const zhForbids = (points: string): RegExp =>
  new RegExp(
    [
      `${ZH_NOT}${ZH_EVER}${ZH_PLACE}${ZH_RUN}.{0,4}?${points}`,
      `${ZH_ABOUT}${points}${ZH_BETWEEN}${ZH_NOT}${ZH_EVER}${ZH_PLACE}${ZH_RUN}${ZH_ENDS}`,
      `${ZH_ABOUT}${points}.{0,10}?(?:${ZH_WRONG}|反例)`,
      `${ZH_ABOUT}${points}.{0,6}?(?:(?:是|均|都|属于)(?:错误|不对)的?|不可取|已经?(?:废弃|弃用|作废|停用|失效|过时)|不再使用)(?:的)?(?=\\s*(?:$|[，。！；,：:]))`,
      `${ZH_ABOUT}${points}.{0,10}?(?:仅|只)(?:供|作|做|为|用于)(?:参考|示例|演示|示意)`,
    ].join("|"),
  );

const EN = { this: forbids(`(?:${THIS}|${IT})`), next: forbids(NEXT), previous: forbids(PREVIOUS) };
const ZH = { this: zhForbids(ZH_THIS), next: zhForbids(ZH_NEXT), previous: zhForbids(ZH_PREVIOUS) };

/** Words without which no pattern of this file holds: nearly all sentences have none, and one look is what they cost. */
const EN_CUE =
  /\b(?:(?:can|may|shall)?not\b|never|(?:do|must|should|ca)n['’]?t|no ?(?:one|body|longer|circumstances)|avoid|refrain|forbid|prohibit|bann|disallow|blacklist|wrong|incorrect|danger|tempt|instead|deprecat|obsolete|retired|archived|removed|superseded|outdated|histor|skip|n\/a\b|old\b|reference|illustrat|information|demonstrat|counter|examples?\b|sample|bad\b|anti-?pattern|off[- ]limits)/i;
const ZH_CUE = /[不别勿莫忌禁严避错误反负废弃作停失过仅只黑违红危归下暂无取跳]/;
/** Something in the text may forbid what stands beside it, or say that it is over. */
export const hints = remembered((text) => EN_CUE.test(text) || ZH_CUE.test(text));

/** What a prohibition points at: `this` may be either side, `next` what stands below, `previous` what stands above. */
export const forbidden = (sentence: string, what: "this" | "next" | "previous"): boolean =>
  (EN_CUE.test(sentence) && EN[what].test(sentence)) || (ZH_CUE.test(sentence) && ZH[what].test(sentence));

/** Signs, boxes and words of warning before the sentence itself. */
const LEAD =
  /^(?:[^\p{L}\p{N}]|(?:warning|caution|danger|important|note|attention|注意|警告|危险|重要|提示)\s*(?=[:：!！]))+/iu;
const BARE = new RegExp(
  [
    `^(?:please )?(?:do not|don['’]?t|never)(?:${EVER} (?:run|execute|use|do|try|copy|paste|type)(?: (?:this|it|that|these|so))?(?: (?:at all|here|please|either))?)?$`,
    "^(?:wrong|bad|incorrect|forbidden|prohibited|not allowed|deprecated|obsolete|archived|retired|not recommended|not like this|no longer used|illustration only|anti-?patterns?|counter-?examples?|what not to do|how not to do it|don['’]?t['’]?s)$",
    "^(?:the )?(?:wrong|bad|incorrect|forbidden) (?:examples?|approach|way|usage|practices?|commands?|procedures?|method)$",
    "^(?:(?:only|just) )?(?:for|as) (?:your )?(?:reference|illustration|information|demonstration|an example)s? only$|^(?:an? )?examples? only$",
    `^${ZH_NOT}${ZH_EVER}${ZH_PLACE}${ZH_RUN}$`,
    `^${ZH_NOT}${ZH_EVER}${ZH_PLACE}(?:执行|运行|照做|照搬|照抄|模仿|${ZH_SO})(?=[，,；;：:])`,
    `^(?:错误|反例|${ZH_WRONG}|反面)(?:如下)?$`,
    "^(?:that|this|it) (?:is|was) (?:wrong|incorrect|forbidden)$|^kept (?:only |here )?for (?:reference|historical reasons)$|^historical examples?$",
    "^(?:仅|只)(?:供|作|做|为|是|用于)(?:参考|示例|演示|示意)(?=$|[，,])",
    "^这(?:样做?|种(?:做法|写法|操作))?(?:是|都是)(?:错误|不对|错|不可取)的?(?:做法|写法|用法|操作|方式)?$|^(?:这种|此|该)?(?:做法|写法|方式|操作)?不可取$",
    "^(?:绝对)?(?:严禁|禁止|勿用|不推荐|不建议|作废)$|^(?:禁用|禁止|黑名单|违禁)的?(?:命令|操作|语句|脚本)$",
    "^(?:在)?(?:生产|线上|主库)(?:环境|系统)?(?:上|中)?(?:禁止|严禁|禁用|勿用)(?:执行|运行|使用|操作)?$",
  ].join("|"),
  "i",
);
/** A few words in which nothing else than the block can be meant. */
const SHORT = 18;
const SHORT_BAN = new RegExp(
  `^(?!.*(?:期间|过程|时|用户|系统)).*(?:不要|别|切勿|切莫|切忌|请勿|禁止|严禁|勿|不得|不许|不准)${ZH_EVER}${ZH_PLACE}(?:执行|运行|照做|照搬|照抄|跑|用|${ZH_SO})$`,
);
/** The sentence is nothing but a prohibition: `**DO NOT RUN**`, `Wrong:`, `切勿执行！`, `错误示范`. */
export const onlyForbids = (sentence: string): boolean => {
  if (!hints(sentence)) return false;
  const bare = sentence
    .replace(LEAD, "")
    .replace(/[\s:：.!！。)）\]】]+$/u, "")
    .trim();
  return BARE.test(bare) || (bare.length <= SHORT && SHORT_BAN.test(bare));
};

const AT_PLACE = String.raw`(?:on|in|against) (?:the |any |an? )?(?:prod\w*|live|primary|primaries|master|main|leader|replicas?|standby|staging)\b`;
const FORBIDS_RUNNING = new RegExp(
  [
    String.raw`\b(?:do not|don['’]?t|never) (?:ever )?(?:run|execute|type|paste|copy|do)\b(?=\s*(?:$|[)\]!.,;:]))`,
    String.raw`\b(?:do not|don['’]?t|never) (?:ever )?(?:run|execute|type|paste|copy|do|use) ${AT_PLACE}`,
    `^never ${AT_PLACE}`,
    `(?:千万)?(?:不要|别|切勿|切忌|请勿|禁止|严禁|勿|不得|不许|不准)${ZH_EVER}${ZH_PLACE}(?:执行|运行|操作|照做|照搬|${ZH_SO})(?=\\s*(?:$|[)）\\]】！!。，,；;：:、]|的(?:命令|操作|脚本|语句|做法|动作|行为|清单|列表)))`,
  ].join("|"),
  "i",
);
const FORBIDDEN_THINGS = String.raw`(?:forbidden|prohibited|banned|disallowed|blacklisted) (?:commands?|operations?|actions?|procedures?|practices?)\b`;
const TITLE = new RegExp(
  [
    String.raw`\b(?:what|how|things|commands) (?:not|never) to (?:do|run|use|execute|type)\b`,
    String.raw`^how not to\b|^off[- ]limits$`,
    String.raw`\bcommands (?:(?:that|which) )?(?:must|should|may) (?:not|never) be (?:used|run|executed)\b|\bcommands (?:you|we) (?:must|should) (?:not|never)\b`,
    "(?:不能|不可以?|不得|严禁|禁止|不许|不准)(?:使用|执行|运行)的?(?:命令|操作|语句|脚本)(?!系统)|(?:^|被)(?:禁用|禁止|黑名单|违禁)的?(?:命令|操作(?!系统)|语句|事项)|严禁操作事项|^(?:操作)?(?:禁令|红线)$",
    `^[^\\p{L}]*${FORBIDDEN_THINGS}`,
    `[:：(（—–-]\\s*${FORBIDDEN_THINGS}`,
    String.raw`\bbad (?:examples?|practices?)\b`,
    String.raw`\bfor (?:reference|illustration|information) only\b`,
    `${ZH_WRONG}|误操作(?:示例|示范|案例)|仅供参考|仅作(?:示例|参考|演示)`,
  ].join("|"),
  "iu",
);
/** A remark, or the title of a step, forbids to run what it stands at: `DON'T`, `never run on production`, `禁止在生产执行`. */
export const forbidsRunning = (text: string): boolean =>
  hints(text) &&
  (FORBIDS_RUNNING.test(text) ||
    onlyForbids(text) ||
    (["this", "next", "previous"] as const).some((what) => forbidden(text, what)));
/** A heading or title says that what stands below it is not to be done. */
export const forbidsBelow = (title: string): boolean => hints(title) && (TITLE.test(title) || forbidsRunning(title));

const GONE =
  "(?:deprecated|obsolete|retired|archived|removed|superseded|outdated|historical|no longer (?:used|needed|supported|valid))";
const ZH_GONE = "(?:已|将)?(?:废弃|弃用|作废|过时|失效|归档|下线|停用|不再使用)";
const RETIRED = new RegExp(
  [
    String.raw`^${GONE}(?:\s*$|\s*[:：(（[—–])`,
    String.raw`[[(（【]\s*${GONE}\b[^\])）】]{0,30}[\])）】]`,
    String.raw`[—–-]\s*${GONE}\s*$`,
    String.raw`^skip(?:ped)?\s*$|^n/a\s*$|^(?:not|no longer) (?:needed|required|used)(?: any ?more| since .{1,20})?\s*$`,
    String.raw`^old (?:procedure|process|method|steps|runbook|instructions)\s*$`,
    String.raw`^skip (?:this|the) (?:step|section|part)\b`,
    String.raw`^${ZH_GONE}(?:\s*$|[:：，])`,
    String.raw`[[(（【]${ZH_GONE}[^\])）】]{0,16}[\])）】]`,
    "(?:^|[[(（【])(?:此步骤|该步骤|本步骤)?(?:暂不执行|无需执行|不再执行|不执行|不再需要|已取消|已跳过|暂缓)(?:$|[:：，\\])）】])",
    `^跳过(?:(?:此|该|本)(?:步骤?|节))?$|^(?:此|该|本)(?:步骤|命令|流程)${ZH_GONE}`,
  ].join("|"),
  "i",
);
/** A title says that what it names is over: `[废弃] 清理`, `deprecated: clear`, `Archived`, `Skip this step: drop`. */
export const isRetired = (title: string): boolean => hints(title) && RETIRED.test(title.trim());

/** Said once it holds: to run it once is what the manual wants. */
const ONCE =
  /\b(?:twice|more than once|again|in parallel|concurrently|at the same time|repeatedly|simultaneously|multiple times|a second time)\b|重复|同时|反复|多次|并发|并行/i;
export const onlyOnce = (sentence: string): boolean => ONCE.test(sentence);
/** A prohibition with a condition: who keeps to it may run the block. */
const CONDITIONED =
  /\b(?:without|unless|until|before|except|while|when|if|as (?:root|an? )|by hand|manually|yourself)\b|除非|之前|前[，,。]|期间|未|没有|如果|以\s*root|root\s*(?:用户|账号)/i;
export const isConditioned = (sentence: string): boolean => CONDITIONED.test(sentence);

/** What ends with a colon and speaks of something not to be done: the block is that. */
const BAN_LABEL =
  /\b(?:do not|don['’]t|never|must not|should not|shouldn['’]t|avoid|bad|wrong|incorrect|anti-?pattern|dangerous|no longer|deprecated|not recommended|tempt(?:ed|ing|ation)|for (?:reference|illustration|information) only|(?:is|are|it['’]s) (?:strictly |absolutely )?(?:forbidden|prohibited|banned|not allowed|not permitted))\b|^instead of\b|不要|切勿|请勿|禁止|严禁|不得|不能|不可|不推荐|错误(?:示例|做法|写法|用法|操作|示范)|反例|反面|已废弃|(?:高危|危险)的?(?:操作|命令|语句)|勿|切忌|切莫|\bnot like this\b|这样?(?:做)?是错误的|(?:只是|仅为)示例|别(?:再|这样|这么|去|直接|执行|运行|使用)|仅供参考|仅作(?:示例|参考|演示)/i;
/** Words of a prohibition that means something else: `do not forget to run`. */
export const HARMLESS =
  /\b(?:do not|don't|never) (?:forget|worry|panic|hesitate|have|need|want)\b|(?:不要|切勿|请勿|勿)(?:忘|担心|着急|慌)|不得不|不能(?:启动|访问|连接|登录|正常)|不可(?:用|达|访问)/i;
/** The clause before the colon says what to do instead. */
const INSTEAD =
  /\binstead\b|^(?:and |but |please |then |so )*(?:always |rather )?(?:run|use|execute|do|type|issue|call|prefer)\b|^(?:请(?:使用|改用|执行|运行|改为|先)|而是|而应|应该?(?:使用|用|执行|先|当)|改用|改为|换用|必须(?:使用|用|执行|先)|正确)/i;

/** Looks like the last words before a block that is announced, whatever it is. */
export const announces = (sentence: string): boolean => /[:：]$/.test(sentence);
const PARTS = /[;；，]|\s[—–-]\s|\bbut\b/;
const PARTS_AT_COMMAS = /[,;；，]|\s[—–-]\s|\bbut\b/;
/** `Do not edit the file; use the tool:`: the block is what is to be done. */
export const turns = (sentence: string): boolean => {
  // A comma alone parts no clauses in English: `do not, under any circumstances, run this`.
  const parts = /^(?:instead of|rather than)\b|,\s*instead\b/i.test(sentence) ? PARTS_AT_COMMAS : PARTS;
  const clauses = sentence.split(parts).map((clause) => clause.trim());
  const last = clauses.findLast((clause) => clause !== "") ?? "";
  return announces(sentence) && clauses.length > 1 && INSTEAD.test(last) && !/^instead of\b/i.test(last);
};
/** The label before a block announces what is not to be done. */
export const announcesForbidden = (label: string): boolean =>
  announces(label) && BAN_LABEL.test(label) && !HARMLESS.test(label) && !turns(label);

/** A sentence that asks to run what follows it, so that what was forbidden before it is something else. */
const INVITES =
  /^(?:(?:then|please|now|first|rather|always|so),? )?(?:instead,? )?(?:run|use|execute|issue|check|verify|look|type|enter|call|do|switch|restart|stop|start)\b|^to [^,:]{1,80}[,:]|^instead\b|^(?:请|然后|再|接着|改为?|先)(?:使用|用|执行|运行|查看|检查|输入|通过)/i;
export const invites = (sentence: string): boolean =>
  announces(sentence) && (INVITES.test(sentence) || turns(sentence));
