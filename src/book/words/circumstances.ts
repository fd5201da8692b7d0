/**
 * Words of the text before a block that tie it to something no machine can see: a case, a place, a person, the past. They
 * are looked for in the last sentence before the block, which may be long: every pattern is linear.
 */

/** Done at the very end, or only in one place: `As a last resort:`, `Only on the test environment:`, `仅在测试环境执行：`. */
const CASE =
  /\b(?:last resort|only (?:on|in|for|at|after|before)|(?:node|host|server|machine|environment|cluster|primary|replica|site) only)\b|最后手段|万不得已|仅(?:在|用于|限|当)|只(?:在|能在|允许在|限)/i;
/** Not before somebody agrees. */
const AGREED =
  /\b(?:without|only with|after|pending) (?:[\w-]+ ){0,2}(?:approval|permission|sign-?off|consent)\b|未经.{0,10}(?:批准|同意|许可|确认|授权)|(?:批准|同意|许可|授权)后(?:方可|才能|再)/i;
/** Inside of something that a step on the target is outside of. */
const INSIDE =
  /\b(?:inside|within|in|into) (?:the|each|a|every) (?:[\w-]+ )?(?:container|pod|chroot|jail|guest|vm|virtual machine|rescue (?:system|shell|mode)|recovery (?:console|shell|mode)|boot ?loader|bios)\b|(?:容器|pod|虚拟机|救援(?:系统|模式)|单用户模式|chroot)\s*(?:里|内|中|下)/i;
/** Somebody else does it. */
const PERSON =
  /\b(?:ask|have|tell|request|contact|call)\b.{1,40}\b(?:to )?(?:run|execute|issue|type)\b|\b(?:support|vendor|dbas?|they|customer|provider|team) (?:will|would|should|must|may|can) (?:run|execute|issue)\b|(?:联系|让|由|通知|请求?)\s*(?:dba|厂商|供应商|开发|管理员|对方|客户|运营商|云厂商|业务方).{0,16}(?:执行|运行|操作)/i;
/** It was done once: what happened, not what to do. */
const PAST =
  /\b(?:was|were) (?:caused|triggered) by\b|\b(?:what|which|that) (?:the |an? |our )?(?:attackers?|intruders?|hackers?) (?:ran|typed|executed|entered|used)\b|^(?:(?:this|these|here|below) (?:is|are|was|were) )?(?:the )?(?:exact )?(?:commands?|statements?|scripts?|quer(?:y|ies)|operations?|lines?) (?:that|which) (?:caused|triggered|broke|led to)\b|^(?:(?:以下|下面|这)(?:就)?(?:是|为))?导致.{0,8}(?:故障|事故|宕机|中断|问题)的(?:命令|操作|脚本|语句)|\bhad (?:run|typed|executed)\b|\b(?:operator|engineer|colleague|admin|someone|somebody|he|she) (?:ran|typed|executed|entered)\b|误(?:执行|操作|删|敲)|当时(?:执行|运行)|曾(?:经)?(?:执行|运行)|日志(?:中|里)(?:出现|看到|显示|记录)/i;

/** The text ties the block to a case, a place, a person or the past. */
export const isCircumstance = (text: string): boolean =>
  CASE.test(text) || AGREED.test(text) || INSIDE.test(text) || PERSON.test(text) || PAST.test(text);

/** Commands that go inside by themselves. */
export const GOES_INSIDE = /\b(?:docker|podman|nerdctl|kubectl|oc|crictl|lxc|virsh|systemd-run|nsenter|chroot)\b/;

/** Nobody vouches for it, or it is gone: `Not tested:`, `(removed in v2)`, `以前的做法：`, or a question to the reader. */
export const UNSURE =
  /\b(?:not (?:yet )?(?:tested|verified|proven)|untested|unverified|tbd|t[o]-?do|fix-?me|removed (?:in|since|from)|formerly|previously|used to be)\b|未(?:经)?(?:测试|验证|演练)|待(?:确认|验证|核实|补充)|(?:以前|过去|旧|原来|从前)的(?:做法|方法|流程|命令)|已(?:移除|下线)|\b(?:exercise|quiz|puzzle)\b|\bwhat (?:does|would|will) (?:this|it|the following)\b|思考题?[:：]|练习题?[:：]|\bwill break\b|\bshould never need\b/i;

/** One of several: `Choose one:`, `one of these`, `任选其一`. */
export const ONE_OF =
  /\b(?:choose|pick|select) (?:only |just )?(?:one|any|either)\b|\b(?:use|run|try|execute) (?:only |just )?(?:one|either)(?: ?[:：.]?$| of (?:these|those|the following|the (?:two|three)))|\b(?:one|any|either) of (?:these|those|the following)\b|任选|[二三]选一|选其一|择一|其中(?:之一|一种|一个)/i;

/** A block that is one way of several, by the text before it: from which version, for which system, which option. */
export const ONE_WAY: readonly RegExp[] = [
  /^(?:upgrad\w+ )?from (?:version )?v?\d[\w.]* to (?:version )?v?\d|^从 ?v?\d[\w.]* ?(?:升级)?(?:到|至)/i,
  /^(?:on|for|with) (?:debian|ubuntu|red ?hat|rhel|centos|fedora|rocky|alma\w*|alpine|arch|suse|sles|freebsd)\b|^(?:debian|ubuntu|red ?hat|rhel|centos|fedora|rocky|alma\w*|alpine|suse|freebsd)(?: linux)?(?: ?(?:系统|\/).{0,20})?\s*[:：]?$/i,
  /^(?:option|method|variant|alternative|方法|方式|方案|选项)\s*[0-9a-d一二三四]\s*(?:$|[:：.、)）(（-])/i,
];
