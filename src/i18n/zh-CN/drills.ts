import type { drills as source } from "../en/drills.ts";
import type { Same } from "../same.ts";

/** 演练：命令，以及承诺与证明的对照。 */
export const drills: Same<typeof source> = {
  verbs: {
    drill: {
      does: "做一遍规程（或恢复一份备份），看手册的目标值是否达到；不带名称：列出承诺与证明",
      usage:
        "drill [名称] [--env 环境] [--param 名=值 …] [--targets A,B] [--inject-fault 步骤] [--rehearse] [--outside-window 原因] [--by 名字] [--reason 原因]",
      examples:
        "watchbook drill\nwatchbook drill orders --by wang --reason '每月'\nwatchbook drill orders --param SET=random\nwatchbook drill SOP-02 --env staging --inject-fault switch\nwatchbook drill SOP-02 --env prod --rehearse",
      exits:
        "0  全部成立，且每个目标值都达到；不带名称：没有未达标的承诺\n2  手册或输入有误，或计划缺东西\n3  失败、未达标，或没有测到\n4  对象无法到达\n5  在等人\n130  被中断",
    },
  },
  options: {
    "drill.env": "环境；规程的对象没写明时需要",
    "drill.param": "参数值，NAME=VALUE（可重复）",
    "drill.targets": "只做这些对象，用逗号分隔",
    "drill.inject-fault": "在这一步之前注入声明的故障，证明它生效，并撤除它",
    "drill.rehearse": "只显示计划；预演从不算证明",
    "drill.outside-window": "在受保护环境的规定时段之外开始，以及为什么；写入计划和证据",
    "drill.reason": "为什么做；写入记录",
    "drill.by": "谁要求的：手册中的人员（默认：登录名）",
    "drill.plan": "计划摘要不是这个就拒绝",
    "drill.output-file": "同时把证据以 KEY=VALUE 行写入此文件",
    "drill.detach": "交给守护进程，立即结束",
    "drill.yes": "不要求键入受保护环境的名字",
    "drill.no-ask": "终端上什么都不问；须由人回答的留着",
  },
  steps: {
    "cluster-back": { name: "切回途中", does: "做切换的一步，让最初的主库重新成为主库；它测得的结果另有名称。" },
    steady: { name: "稳态", does: "检查全部为绿演练才开始；重新为绿并保持住，演练才结束。" },
    detect: { name: "被发现", does: "注入故障之后，等某项检查发现它，并说明用了多久。" },
  },
  reasons: {
    "cluster-back-lost": "有计划的切换丢了 {count} 行已确认的数据。",
    "not-steady": "不在稳态，演练没有开始：{where} 上的 {check} 为 {outcome}（{why}；值 {value}；{detail}）。",
    "steady-not-again":
      "{seconds} 秒内没有回到稳态：{where} 上的 {check} 为 {outcome}（{why}；值 {value}；{detail}）。",
    "not-detected":
      "{where} 上的 {check} 在 {seconds} 秒内没有发现故障；当时为 {outcome}（{why}；值 {value}；{detail}）。",
    "fault-frozen": "正处于冻结期 {id}（{from}–{to}，{zone}：{because}）：现在不故意弄坏什么。",
    "fault-incident": "事件 {incident} 自 {from} 起尚未结束（{zone}：{because}）：现在不故意弄坏什么。",
    "fault-outside-window": "不在演练的规定时段 {window}（{zone}）内；下一时段是 {opens}。",
  },
  ended: {
    "guard-red": "{where} 上的护栏 {check} 不为绿：{outcome}（{why}；值 {value}；{detail}）。",
    "guard-blind": "{where} 上的护栏 {check} 无法测量（{why}；{detail}）。",
  },
  missing: {
    "drill-check": { say: "演练引用了检查 {check}，手册里没有它。", fix: "也许是指：{nearest}。" },
    "drill-window": {
      say: "{environment} 受保护，而 {runbook} 的演练没有规定时段。",
      fix: '在 watchbook.yaml 中加上：drills: { {runbook}: { window: "02:00-05:00" } }；或说明为什么现在就做：--outside-window 原因。',
    },
  },
  errors: {
    "DRILL-FROZEN": {
      say: "{environment} 正处于冻结期 {id}（{from}–{to}，{zone}：{because}）：不开始 {runbook}。",
      fix: "请等冻结期结束；冻结期写在 watchbook.yaml 的 freezes: {id}。",
    },
    "DRILL-INCIDENT": {
      say: "{environment} 的事件 {incident} 自 {from} 起尚未结束（{zone}：{because}）：不开始 {runbook}。",
      fix: "请先解决它（watchbook incident show {incident}）；写在 watchbook.yaml 里的，从 freezes: {id} 移除。",
    },
    "DRILL-OUTSIDE-WINDOW": {
      say: "在 {environment}，{runbook} 只在 {window}（{zone}）之间演练；下一时段是 {opens}。",
      fix: "请等到那时，或说明为什么必须现在做：--outside-window 原因。",
    },
    "DRILL-OUTSIDE-REASON": {
      say: "--outside-window 没有写原因。",
      fix: "请写明为什么：它会写进要审批的计划和证据。",
    },
  },
  table: {
    head: {
      runbook: "规程",
      objective: "目标",
      promised: "承诺",
      state: "证明",
      last: "最近",
      worst: "三次最差",
      best: "三次最好",
      attempts: "演练数",
      proven: "时间",
    },
    states: { kept: "达到", missed: "未达到", unmeasured: "没有测到", undrilled: "从未演练", removed: "证据被删改" },
    works: "可行",
    none: "手册没有可演练的内容：没有恢复、切换、回滚或演练规程，也没有备份集。",
  },
};
