import { CONDITION } from "./examples.ts";
import { IF } from "./fences.ts";
import { remembered } from "./matcher.ts";

/**
 * Words of the text before a block that tie it to something no machine can see: a case, a place, a person, the past. They
 * are looked for in the last sentence before the block, which may be long: every pattern is linear.
 */

/** Done at the very end, or only in one place: `As a last resort:`, `Only on the test environment:`, `仅在测试环境执行：`. */
const CASE =
  /\b(?:last resort|only (?:on|in|for|at|after|before)|(?:node|host|server|machine|environment|cluster|primary|replica|site) only)\b|(?:^|[([（,;:–—-]\s*)(?:(?:on|in|for) )?(?:the )?(?:non-?production|emergenc(?:y|ies)|rollback|staging|test(?:ing)?|dev(?:elopment)?|pre-?prod(?:uction)?|prod(?:uction)?|uat|qa|sandbox|standby|dbas?)(?: environments?)? only\b|\bonly (?:the )?(?:staging|test(?:ing)?|dev(?:elopment)?|pre-?prod(?:uction)?|prod(?:uction)?|uat|qa|sandbox)(?: environments?)?\s*(?:$|[)\]）])|^(?:not|except|skip) (?:on|in) (?:the )?(?:prod\w*|staging|primary|master|main|leader|replicas?|standby|live)\b|^(?:测试|预发布?|预生产|开发|演练|灰度|沙箱)环境(?:执行|操作)|^只(?:能)?对|(?:测试|预发布?|预生产|开发|演练|灰度|沙箱|生产|线上)环境(?:额外|另外|另需|专用|才)|仅(?:测试|预发|预生产|开发|演练|灰度|沙箱|生产|线上|主库|从库|dba)|最后手段|万不得已|仅(?:在|用于|限|当)|只(?:在|能在|允许在|限)/i;
/** Not before somebody agrees. */
const AGREED =
  /\b(?:without|only with|after|pending) (?:[\w-]+ ){0,2}(?:approval|permission|sign-?off|consent)\b|\bwait(?:ing)? (?:for|until) (?:[\w-]+ ){0,6}(?:approval|approves|permission|sign-?off|consent|go-?ahead)\b|\b(?:once|when|if|after) (?:[\w-]+ ){0,3}approve[ds]?\b|\b(?:requires?|needs?) (?:[\w-]+ ){0,3}(?:approval|sign-?off|consent)\b|\b(?:once|after|when) (?:the )?(?:business|dbas?|customer|owner|manager|team|lead|vendor)(?: \w+)? (?:has|have) (?:confirmed|approved|agreed|signed)\b|\bwith (?:the )?(?:approval|permission|consent) (?:of|from|by|only)\b|^(?:get|obtain|ask for|request) (?:[\w-]+ ){0,3}(?:approval|permission|sign-?off|consent)\b|^[^；;]{0,16}(?:审批|批准)(?:通过)?之?后|(?:得到|获得|取得|经).{0,8}(?:授权|许可)之?后|(?:领导|业务方?|dba|主管|经理|负责人|客户|甲方)\s*(?:确认|同意|批准|授权)之?后|(?:需|须|待|等|经(?!理)|报请|获得?|取得)(?:要|待)?[^，。；、,;]{0,10}?(?:审批|批准|签字|会签|同意)(?=\s*(?:$|[，,。：:)）]|后|之后|通过|方可|才))|(?:待|等待?|经|由)\s*(?:业务|dba|领导|主管|经理|负责人|客户|甲方|开发|研发|管理员|值班|安全|对方|相关方|产品|上级).{0,8}确认|待.{1,12}?确认后|未经.{0,10}(?:批准|同意|许可|确认|授权)|(?:批准|同意|许可|授权)后(?:方可|才能|再)/i;
/** Inside of something that a step on the target is outside of. */
const INSIDE =
  /\b(?:inside|within|in|into) (?:the|each|a|every) (?:[\w-]+ )?(?:container|pod|chroot|jail|guest|vm|virtual machine|rescue (?:system|shell|mode)|recovery (?:console|shell|mode)|boot ?loader|bios)\b|(?:容器|pod|虚拟机|救援(?:系统|模式)|单用户模式|chroot)\s*(?:里|内|中|下)/i;
/** Somebody else does it. */
const PERSON =
  /\b(?:ask|have|tell|request|contact|call)\b.{1,40}\b(?:to )?(?:run|execute|issue|type)\b|\b(?:support|vendor|dbas?|they|customer|provider|team) (?:will|would|should|must|may|can) (?:run|execute|issue)\b|^(?:ask|have|tell|request|contact|call) (?:the |your |an? |our )?(?:[\w-]+ )?(?:dbas?|network|vendor|customer|administrators?|admins?|support|security|storage|team|owner|on-?call|engineer|manager|provider|colleague)\b.{0,40}\bto\b|^\W*(?:the )?dbas?\b(?! (?:node|host|server))|\bdone by (?:the |an? )?(?:dbas?|vendor|support|customer|admin\w*)\b|\bonly (?:the |an? )?(?:dbas?|vendor|admin\w*) (?:may|can|should|must)\b|(?:联系|让|由|通知|请求?)\s*(?:dba|厂商|供应商|开发|管理员|对方|客户|运营商|云厂商|业务方).{0,16}(?:执行|运行|操作|删除|清理|重启|切换|恢复|处理)/i;
/** It was done once: what happened, not what to do. */
const PAST =
  /\b(?:was|were) (?:caused|triggered) by\b|\b(?:what|which|that) (?:the |an? |our )?(?:attackers?|intruders?|hackers?) (?:ran|typed|executed|entered|used)\b|^(?:(?:this|these|here|below) (?:is|are|was|were) )?(?:the )?(?:exact )?(?:commands?|statements?|scripts?|quer(?:y|ies)|operations?|lines?) (?:that|which) (?:caused|triggered|broke|led to)\b|^(?:(?:以下|下面|这)(?:就)?(?:是|为))?导致.{0,8}(?:故障|事故|宕机|中断|问题)的(?:命令|操作|脚本|语句)|\bhad (?:run|typed|executed)\b|\b(?:operator|engineer|colleague|admin|someone|somebody|he|she) (?:once |then |had )?(?:ran|typed|executed|entered)\b|误(?:执行|操作|删|敲)|当时(?:执行|运行)|曾(?:经)?(?:执行|运行)|日志(?:中|里)(?:出现|看到|显示|记录)/i;

/** Not now: hours, days or weeks later. */
const LATER =
  /^(?:some (?:hours|days|weeks) )?later(?=[ ,])|^after \d+ ?[hd]\b|^at the end of the (?:day|week|month|quarter|year)\b|^(?:下周|下个?月|隔[日天]|以后再|下个版本|择机|闲时|(?:业务)?低峰期?(?:执行|操作)|凌晨(?:执行|操作))|(?:大促|活动|封网)(?:结束)?后|^(?:after|in) (?:about |at least )?(?:an?|one|two|three|four|five|six|seven|ten|\d+|a few|several)(?:[ -]more)? (?:hours?|days?|weeks?|months?|nights?)\b|^(?:on )?(?:the )?(?:next|following) (?:day|morning|week|month|night)\b|\b(?:an?|one|two|three|\d+|a few) (?:hours?|days?|weeks?|months?) later\b|(?:^|[，。；、,;(（])\s*(?:再?等待?|观察|再?过|(?:稳定)?运行|保留|上线)?\s*(?:[一二两三四五六七八九十半几数\d]+\s*个?(?:小时|天|日|周|星期|月|年)|次日|隔天|第二天|明天)(?:之?后(?!会|将|自动|过期|到期|失效|的)|再|无异常|没有?问题)|^(?:次日|隔天|第二天)|观察.{0,6}(?:小时|天|日|周).{0,8}后/i;

/** The text ties the block to a case, a place, a person, a later time or the past. */
export const isCircumstance = remembered(
  (text) => CASE.test(text) || AGREED.test(text) || PERSON.test(text) || LATER.test(text) || PAST.test(text),
);

/** The text ties the block to the inside of something. */
export const isInside = (text: string): boolean => INSIDE.test(text);

/** The text before a block makes it one of several ways, or ties it to a condition, a time or another machine. */
const OTHER_CASE =
  /^(?:only\s+)?(?:if|when|unless|in case)\b|^(?:either|or|alternatively|otherwise|else)(?![\w-])|^(?:up)?on (?:any |an? )?(?:failure|error|timeout)\b|^in the event of\b|^should (?:it|the|this|any|one)\b|^where (?:applicable|needed|necessary)\b|^you (?:can|may|could) (?:also|optionally|alternatively|instead)\b|^another (?:option|way|possibility)\b|^alternative\s*[:：]|\bonly (?:if|when)\b|\bon (?:the |an? )?(?:old|other|another|second|former|failed|remote|new)\b|^before (?:version )?v?\d|^(?:仅当|只有|如果|若(?!干)|假如|当(?!前|天|日|地|然|月|年|作|成|下|事|班|值))|^如(?:有|需|遇|若|失败|异常|出现|仍|未|无|不|发生|存在|已|要|是|为)|^(?:或者|也可以|否则|不然|万一|一旦|除非|按需|根据需要|酌情|选做|非必须|非必需)|^.{0,6}(?:遇到|出现|发生).{0,8}(?:故障|问题|异常|错误|事故|告警)(?:时(?!间|段)|后(?!的))|^.{0,12}?(?<!无|没有)(?:失败|异常|出错|报错|超时)(?:时(?!间|段|刻|长)|后|的?情况下|，?则)|[（(](?:失败|异常|出错)时?(?:执行)?[）)]|在?(?:旧|另一台|原|备用|其他)(?:的)?(?:主库|主机|主节点|节点|机器|服务器|备库)/i;
/** The text ties the block to a case that need not come, or makes it one of several ways. */
export const isCase = remembered((text) => {
  const bare = text.replace(/^[^\p{L}\p{N}]+/u, "");
  return OTHER_CASE.test(bare) || isConditional(text) || (IF.test(bare) && !bare.startsWith("若干"));
});

/** In the middle of a long sentence a condition is that of something else: `This builds A first (if necessary) and then …`. */
const SHORT = 60;
const isConditional = (text: string): boolean => {
  const found = CONDITION.exec(text);
  return found !== null && (text.length <= SHORT || found.index < 3 || found.index + found[0].length > text.length - 3);
};

/** Commands that go inside by themselves. */
export const GOES_INSIDE = /\b(?:docker|podman|nerdctl|kubectl|oc|crictl|lxc|virsh|systemd-run|nsenter|chroot)\b/;

/** Nobody vouches for it, or it is gone: `Not tested:`, `(removed in v2)`, `以前的做法：`, or a question to the reader. */
export const UNSURE =
  /\b(?:not (?:yet )?(?:tested|verified|proven)|untested|unverified|tbd|t[o]-?do|fix-?me|removed (?:in|since|from)|formerly|previously|used to be)\b|未(?:经)?(?:测试|验证|演练)|待(?:确认|验证|核实|补充)|(?:以前|过去|旧|原来|从前)的(?:做法|方法|流程|命令)|已(?:移除|下线)|\b(?:exercise|quiz|puzzle)\b|\bwhat (?:does|would|will) (?:this|it|the following)\b|思考题?[:：]|练习题?[:：]|\bwill break\b|\bshould never need\b/i;

/** One of several: `Choose one:`, `one of these`, `任选其一`. */
export const ONE_OF =
  /\b(?:choose|pick|select) (?:only |just )?(?:one|any|either)\b|\b(?:use|run|try|execute) (?:only |just )?(?:one|either)(?: ?[:：.]?$| of (?:these|those|the following|the (?:two|three)))|\b(?:one|any|either) of (?:these|those|the following)\b|任选|[二三]选一|选其一|择一|其中(?:之一|一种|一个)/i;

const SYSTEM =
  "debian|ubuntu|red ?hat|rhel|centos|fedora|rocky|alma\\w*|alpine|arch|suse|sles|freebsd|linux|docker(?:[ -]compose)?|podman|kubernetes|k8s|systemd|sysv(?:init)?|bare metal";
/** A block that is one way of several, by the text before it: from which version, for which system, which option. */
export const ONE_WAY: readonly RegExp[] = [
  /^(?:upgrad\w+ )?from (?:version )?v?\d[\w.]* to (?:version )?v?\d|^从 ?v?\d[\w.]* ?(?:升级)?(?:到|至)/i,
  new RegExp(
    `^(?:on|for|with|in) (?:${SYSTEM})\\b|^(?:${SYSTEM})(?: linux)?(?:\\s*v?\\d[\\w.]*)?(?: ?(?:系统|\\/|及以[上下]|or (?:later|newer|older)|\\+).{0,20})?\\s*[:：]?$`,
    "i",
  ),
  /^(?:option|method|variant|alternative|方法|方式|方案|选项)\s*[0-9a-d一二三四]\s*(?:$|[:：.、)）(（-])/i,
];
