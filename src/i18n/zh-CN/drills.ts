import type { drills as source } from "../en/drills.ts";
import type { Same } from "../same.ts";

/** 演练：命令，以及承诺与证明的对照。 */
export const drills: Same<typeof source> = {
  verbs: {
    drill: {
      does: "做一遍规程（或恢复一份备份），看手册的目标值是否达到；不带名称：列出承诺与证明",
      usage:
        "drill [名称] [--env 环境] [--param 名=值 …] [--targets A,B] [--inject-fault 步骤] [--rehearse] [--by 名字] [--reason 原因]",
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
    "drill.reason": "为什么做；写入记录",
    "drill.by": "谁要求的：手册中的人员（默认：登录名）",
    "drill.plan": "计划摘要不是这个就拒绝",
    "drill.output-file": "同时把证据以 KEY=VALUE 行写入此文件",
    "drill.detach": "交给守护进程，立即结束",
    "drill.yes": "不要求键入受保护环境的名字",
    "drill.no-ask": "终端上什么都不问；须由人回答的留着",
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
