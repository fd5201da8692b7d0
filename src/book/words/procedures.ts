import type { RunbookKind, Step } from "../../model/runbook.ts";
import { words } from "./matcher.ts";
import type { Words } from "./matcher.ts";

/** Heading words by kind of procedure, first match wins: a drill of a restore is a drill. */
export const RUNBOOK_WORDS: readonly (readonly [RunbookKind, Words])[] = [
  ["evidence", words(["证据校验", "校验证据", "证据验证", "slo 报告", "evidence verification", "verify evidence", "verify the evidence", "slo report"])],
  ["emergency", words(["紧急", "应急", "救援", "emergency", "break glass", "rescue"])],
  ["drill", words(["演练", "drill", "game day", "fire drill", "exercise"])],
  ["failover", words(["主从切换", "主备切换", "故障切换", "故障转移", "切换流程", "容灾切换", "切主", "切换", "failover", "fail over", "switchover", "switch over", "takeover", "promote the replica", "promote the standby"], ["切换到 root", "切换用户", "切换目录", "切换分支", "流量切换比例"])],
  ["rollback", words(["回滚", "回退", "降级流程", "rollback", "roll back", "rolling back", "downgrade", "revert"])],
  ["upgrade", words(["升级", "版本更新", "upgrade", "upgrading", "version update", "patching"], ["升级策略", "升级为", "升级规则", "升级路径说明", "告警升级", "事件升级"])],
  ["restore", words(["恢复", "还原", "重建", "restore", "restoring", "recovery", "recover", "recovering", "rebuild"], ["恢复时间目标", "恢复点目标", "recovery time objective", "recovery point objective"])],
  ["preflight", words(["预检", "前置检查", "preflight", "pre-flight", "pre-check"])],
  ["restart", words(["重启", "重载", "启动", "停止", "启停", "停机", "关机", "restart", "restarting", "reload", "reboot", "start up", "startup", "shut down", "shutdown", "stop the", "start the", "stop and start"], ["无法启动", "自动启动", "开机启动"])],
  ["deploy", words(["部署", "发布", "上线", "安装", "扩容", "缩容", "deploy", "deploying", "deployment", "release process", "releasing", "rollout", "roll out", "install", "installing", "installation", "provision", "scale up", "scale down", "scaling"], ["部署架构", "deployment architecture", "release notes"])],
  ["troubleshoot", words(["故障处理", "故障排查", "故障排除", "故障处置", "排障", "排查", "常见故障", "常见问题处理", "问题处理", "问题定位", "troubleshooting", "troubleshoot", "diagnosis", "diagnose", "debugging", "mitigation", "remediation"])],
  ["inspect", words(["查看服务状态", "查看状态", "服务状态", "状态查看", "检查服务", "service status", "check the status", "check status", "checking the status", "health check"])],
]; // prettier-ignore

/** Headings of procedures whose kind is none of these. */
export const PROCEDURE = words([
  "sop", "标准操作", "操作流程", "操作步骤", "处理流程", "执行步骤", "操作规程", "轮换", "轮转流程", "迁移", "清理流程", "变更步骤", "验收流程",
  "standard operating procedure", "procedure", "runbook", "playbook", "rotate", "rotation of", "migrate", "migration", "how to", "steps to",
]); // prettier-ignore
/** Headings under which every procedure is one of its own. */
export const CONTAINER = words([
  "sop", "标准操作流程", "标准操作", "操作规程", "应急预案", "预案", "standard operating procedure", "procedures", "runbooks", "playbooks",
]); // prettier-ignore
export const TROUBLES = words([
  "常见故障", "故障处理", "故障排查", "故障排除", "排障指南", "常见问题", "问题处理", "troubleshooting", "common problems", "common issues", "known issues", "common failures", "faq",
]); // prettier-ignore
/** Headings of other constructs: their lists are no procedures. */
export const NO_PROCEDURE = words([
  "巡检", "检查清单", "检查项", "清单", "checklist", "inspection", "架构", "architecture", "目录", "table of contents", "联系", "contact", "变更历史", "changelog", "参考", "references", "概述", "overview", "目标", "objectives", "角色", "roles", "分级", "severity", "定义", "definition", "必须先看", "reading order", "计划", "plan", "需求", "requirements", "交付物", "deliverable",
]); // prettier-ignore

/** Headings of examples: what they show is no procedure, however it is numbered. */
export const EXAMPLES = words(["命令示例", "示例", "举例", "样例", "命令速查", "example", "sample", "cheat sheet"]);

export const MEANING = words([
  "meaning",
  "含义",
  "告警含义",
  "说明",
  "what it means",
  "what does it mean",
  "description",
  "描述",
]);
export const IMPACT = words(["impact", "影响", "影响范围", "业务影响", "severity and impact"]);
export const DIAGNOSIS = words([
  "diagnosis",
  "diagnose",
  "诊断",
  "排查",
  "定位",
  "investigation",
  "investigate",
  "how to check",
]);
export const MITIGATION = words([
  "mitigation",
  "mitigate",
  "处置",
  "处理",
  "缓解",
  "恢复措施",
  "处理方法",
  "处置措施",
  "resolution",
  "remediation",
  "how to fix",
  "fix",
  "what to do",
]);

/** Phases of a procedure in the model's names. */
export const PHASES: readonly (readonly [string, Words])[] = [
  ["prepare", words(["准备", "准备工作", "前期准备", "前检查", "前置检查", "prepare", "preparation", "preparations"])],
  ["execute", words(["执行", "实施", "操作", "步骤", "操作步骤", "执行步骤", "实施步骤", "具体步骤", "流程", "操作流程", "execute", "execution", "perform", "run", "steps", "procedure", "instructions"])],
  ["verify", words(["验证", "校验", "确认", "verify", "verification", "validate", "validation"])],
  ["clean-up", words(["清理", "收尾", "clean up", "cleanup", "clean-up", "tear down", "teardown"])],
  ["report", words(["报告", "汇报", "总结", "记录", "report", "reporting", "document the result"])],
]; // prettier-ignore

/** What stands between the words of a procedure and those of its phase: `升级后的验证`, `post-upgrade verification`. */
export const PHASE_LINK = /^(?:之?[前后的]|(?:the|of|before|after|pre|post)(?![a-z])|[\s-])+/;
/** A heading of two things: `Upgrade and rollback`. */
export const TWO_IN_ONE = /\band\b|[与和及&/、]/;

export const LEADS = {
  purpose: words(["目的", "目标", "用途", "purpose", "goal", "objective", "aim"]),
  every: words(["频率", "周期", "执行频率", "frequency", "schedule", "how often", "cadence"]),
  scenario: words(["场景", "适用场景", "触发条件", "使用场景", "scenario", "when to use", "trigger", "use when"]),
  preconditions: words([
    "前提",
    "前提条件",
    "前置条件",
    "先决条件",
    "执行前提",
    "前置检查",
    "prerequisite",
    "precondition",
    "before you begin",
    "before you start",
    "requirements",
  ]),
  symptom: words(["症状", "现象", "故障现象", "symptom"]),
  flow: words([
    "流程",
    "步骤",
    "操作步骤",
    "处理步骤",
    "执行步骤",
    "操作流程",
    "操作",
    "处理",
    "procedure",
    "steps",
    "step",
    "process",
    "workflow",
    "actions",
    "instructions",
  ]),
  bare: words([
    "命令",
    "操作",
    "命令示例",
    "示例",
    "执行",
    "运行",
    "如下",
    "步骤",
    "command",
    "commands",
    "example",
    "run",
    "execute",
    "steps",
    "for example",
  ]),
  directory: words(["目录", "工作目录", "执行目录", "路径", "directory", "working directory", "run in", "location"]),
};

const VERIFY = words([
  "验证",
  "校验",
  "确认",
  "检查",
  "verify",
  "verification",
  "validate",
  "confirm",
  "check",
  "ensure",
  "make sure",
]);
const LOOK = words([
  "检查",
  "查看",
  "收集",
  "监控",
  "观察",
  "确认",
  "分析",
  "定位",
  "记录",
  "check",
  "look",
  "look at",
  "inspect",
  "collect",
  "gather",
  "find",
  "identify",
  "monitor",
  "watch",
  "view",
  "list",
  "get",
  "show",
  "examine",
  "review",
]);
const UNDO = words(["回滚", "回退", "撤销", "还原到", "rollback", "roll back", "revert", "undo"]);
const PROVE = words(["验证", "校验", "verify", "verification", "validate", "confirm"]);
const ACT = words([
  "修复",
  "缓解",
  "处理",
  "解决",
  "重启",
  "调整",
  "恢复",
  "清理",
  "fix",
  "repair",
  "mitigate",
  "restart",
  "resolve",
  "remediate",
]);

/** What a step is for, by its title and the kind of its procedure. Titles as `fold` gives them. */
export function roleOf(title: string, kind: RunbookKind): Step["role"] {
  // Checking the evidence of a rollback drill undoes nothing.
  if (UNDO.in(title) && kind !== "rollback" && kind !== "evidence") return "rollback";
  if (kind === "troubleshoot" || kind === "emergency" || kind === "inspect") {
    if (PROVE.starts(title)) return "verify";
    if (ACT.starts(title)) return "do";
    return LOOK.starts(title) ? "diagnose" : "do";
  }
  if (VERIFY.starts(title) || PROVE.in(title)) return "verify";
  return LOOK.starts(title) ? "diagnose" : "do";
}

/** `SOP-01`, `SOP 7`, `SOP07` in a heading. */
export const sopNumber = (title: string): string | undefined => {
  const found = /\bSOP\s*[-_#.]?\s*(\d{1,3})\b/i.exec(title);
  return found ? `SOP-${found[1]}` : undefined;
};
/** `1. …`, `Step 2: …`, `第三步 …` at the start of a heading. */
export const STEP_TITLE = /^(?:step\s*\d+|步骤\s*\d+|第\s*[一二三四五六七八九十\d]+\s*步|\d{1,2}\s*[.、)）:：](?!\d))/i;
/** … and a heading that says in words that it is one step: never a procedure of its own. */
export const ONE_STEP = /^(?:step\s*\d+|步骤\s*[一二三四五六七八九十\d]+|第\s*[一二三四五六七八九十\d]+\s*步)(?![\w])/i;
/** `场景1: 单个节点故障`, `Scenario 2 - zone failure`. */
export const SCENARIO = /^(?:场景|情景|情况|scenario|case)\s*[\dA-Z一二三四五六七八九十]{1,2}\s*[:：.、-]\s*(.+)$/i;
export const DISASTER = words(["灾难", "灾备", "容灾", "恢复预案", "应急预案", "disaster", "contingency"]);
export const BANNER = words([
  "禁止",
  "注意",
  "警告",
  "危险",
  "重要",
  "切勿",
  "warning",
  "caution",
  "danger",
  "important",
  "attention",
  "do not",
  "never",
]);
/** Text of a status that says: not to be carried out from here. */
export const FUTURE =
  /不可视作|未来目标|不(?:可|能)执行|尚未|规划中|待实现|future|not (?:yet )?(?:executable|implemented|available)|planned/i;
