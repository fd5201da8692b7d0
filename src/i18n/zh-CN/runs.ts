import type { Same } from "../same.ts";
import type { runs as source } from "../en/runs.ts";
import { drills } from "./drills.ts";

export const runs = {
  states: {
    running: "执行中",
    waiting: "等待中",
    paused: "已暂停",
    undoing: "撤销中",
    cancelling: "取消中",
    done: "已完成",
    failed: "失败",
    undone: "已撤销",
    "failed-undo": "撤销失败",
    cancelled: "已取消",
    refused: "已拒绝",
  },
  waits: {
    approval: "审批",
    key: "您放行",
    tick: "人工步骤",
    answer: "对失败的答复",
    decision: "对存疑步骤的裁决",
    timer: "时间到",
  },
  reasons: {
    cancelled: "{by} 取消了它：{reason}",
    "approval-rejected": "{by} 否决了 {gate} 的批准：{reason}",
    "approval-expired": "没有人在期限内批准 {gate}。",
    ...drills.ended,
    "too-many-failures": "有 {failures} 个对象失败，最多允许 {max} 个。",
    "step-failed": "步骤 {step} 在 {target} 上失败（{ending}）。",
    "broken-off": "因为执行停止，步骤 {step} 在 {target} 上中断或未经验证。",
    "in-doubt": "步骤 {step} 已在 {target} 上开始，但没有人知道结果如何。",
    skipped: "步骤 {step} 在 {target} 上由人决定跳过。",
    decided: "步骤 {step} 在 {target} 上按人的说法算作完成，没有验证看到它。",
    "undo-failed": "步骤 {step} 在 {target} 上撤销失败：有残留。",
    left: "步骤 {step} 已在 {target} 上生效而未撤销：它之前的一个撤销失败了。",
    "no-undo": "步骤 {step} 已在 {target} 上生效，而计划中没有它的撤销步骤。",
    "not-held": "步骤 {step} 本应在 {target} 上保持到另一步结束，却没有生效，不能证明任何事。",
    "objective-missed": "未达标：{objective} 为 {measured} {unit}，手册允许 {limit} {unit}。",
    "objective-unmeasured": "未得到证明：没有测到 {objective}（手册允许 {limit} {unit}）。",
    "not-ended": "执行尚未结束。",
  },
  objectives: {
    rto: "恢复时间（RTO）",
    rpo: "数据丢失（RPO）",
    rollback: "回滚时间",
    failover: "切换时间",
    "data-lag": "数据延迟",
  },
  units: { seconds: "秒", events: "条", rows: "行" },
  flaws: {
    hole: "有记录缺失或次序不对",
    foreign: "它属于另一个计划",
    "after-end": "结束之后还有记录",
    epoch: "已被接替的进程又写了记录",
    order: "有结果而没有开始，或有两个结果",
  },
  errors: {
    "RUN-UNKNOWN-NEAR": {
      say: "没有名为“{run}”的执行。",
      fix: "也许是：{near}。用 watchbook runs list 查看全部执行。",
    },
    "RUN-AMBIGUOUS": { say: "“{run}”可能是其中任何一个：{ids}。", fix: "请把编号写得更完整。" },
    "RUN-NONE": { say: "还没有任何执行。", fix: "用 watchbook run 规程 --env 环境 --execute 开始一次。" },
    "RUN-STOPPED": {
      say: "watchbook 自身的错误使执行 {run} 停住了：{detail}",
      fix: "它不会再开始任何步骤，正在进行的步骤存疑。请报告此问题；然后用 watchbook runs resume {run} 继续，或用 watchbook runs cancel {run} 取消。",
    },
    "RUN-JOURNAL": {
      say: "执行 {run} 的日志从第 {seq} 条起不可能是这样：{flaw}。",
      fix: "它不会被自动修补，执行也不会继续。请从备份恢复数据目录，或查看各对象后手工完成剩下的部分。",
    },
    "PLAN-OTHER": {
      say: "{runbook} 的计划是 {now}，不是 {was}。",
      fix: "请用 watchbook run {runbook} 再看一遍，然后写上它显示的摘要。",
    },
    "OUTPUT-UNKNOWN": {
      say: "执行 {run} 没有名为“{name}”的输出。",
      fix: "也许是：{nearest}。",
    },
    "CHANGE-UNKNOWN": {
      say: "没有记录编号为“{id}”的变更。",
      fix: "变更页列出已有的记录：改动过东西的执行，以及手册的各个版本。",
    },
    "RUN-UNKNOWN": {
      say: "没有名为“{run}”的执行。",
      fix: "用 watchbook runs list 查看全部执行；只要开头部分不与别的重复，写开头即可。",
    },
    "RUN-ENDED": {
      say: "执行 {run} 已经结束：{state}。",
      fix: "用 watchbook runs show {run} 查看；要再做一次，请另起一次执行。",
    },
    "RUN-LOCKED": {
      say: "{key} 被锁定：{by} 的执行 {run} 自 {since} 起占用，原因：{reason}。",
      fix: "watchbook runs follow {run} 会一直显示到它结束，并说明它在等什么；等它结束或取消后再试。若无人能结束它、而你清楚它的结局：加 --take-over。",
    },
    "PLAN-INCOMPLETE": {
      say: "{runbook} 还不能执行：缺少 {count} 项。",
      fix: "watchbook run {runbook} 会逐项列出缺什么、在哪一行。",
    },
    "PLAN-CHANGED": {
      say: "按现在的手册，{runbook} 的执行计划（{now}）已不同于执行 {run} 的计划（{was}）：{what}。",
      fix: "请用 watchbook runs cancel {run} 取消，再用 watchbook run {runbook} 查看新计划并重新审批。",
    },
    "RUN-WAITS-NOT": {
      say: "执行 {run} 并没有在等这个（{kind}），当前状态是 {state}。",
      fix: "watchbook runs show {run} 会说明它在等什么。",
    },
    "RUN-WAITS-WHICH": {
      say: "执行 {run} 同时在等：{waits}，请指明是哪一个。",
      fix: "用 --step 和 --target 指明，或用 --gate。",
    },
    "RUN-FILE-LOST": {
      say: "执行 {run} 的文件 {name} 不在了，或不是当时保存的那一份：{path}。",
      fix: "用 watchbook runs tick {run} --file 提交；若执行已结束，请把文件放回原处：在此之前证据一直记为欠账。",
    },
    "TICK-OUTPUTS": {
      say: "执行 {run} 的步骤 {step} 要给出 {names}：后面的步骤需要你看到的值。",
      fix: "用 --output 名称=值 报告，或用 --failed 说明做不成。",
    },
    "TICK-OUTPUT-UNKNOWN": {
      say: "这一步没有名为 {names} 的值；它给出的是：{known}。",
      fix: "只报告它给出的值；其他内容写进 --note 或 --seen。",
    },
    "TICK-OUTPUTS-LONG": {
      say: "步骤 {step} 的值超过 {most} KiB。",
      fix: "一个值是一个词或一行；看到的内容请用 --seen。",
    },
    "TICK-NOTE": {
      say: "执行 {run} 的步骤 {step} 要求写明看到了什么。",
      fix: "用 --note 文字 写明。",
    },
    "TICK-FILE": {
      say: "执行 {run} 的步骤 {step} 要求照片或文件。",
      fix: "用 --file 文件 提交。",
    },
    "TICK-NO-FILE": {
      say: "执行 {run} 的步骤 {step} 不收文件。",
      fix: "去掉 --file，需要说明的写进 --note。",
    },
    "RUN-PAUSED": {
      say: "执行 {run} 已由 {by} 暂停。",
      fix: "watchbook runs resume {run} 可让它继续。",
    },
    "RUN-NOT-PAUSED": {
      say: "执行 {run} 没有暂停，当前状态是 {state}。",
      fix: "watchbook runs show {run} 会说明它在等什么。",
    },
  },
} as const satisfies Same<typeof source>;
