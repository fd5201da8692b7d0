import type { Same } from "../same.ts";
import type { recognise as source } from "../en/recognise.ts";

/** 表格、列表与正文的发现：WB200 至 WB249。 */
export const recognise = {
  findings: {
    WB200: {
      say: "这张表可能是 {candidates} 中的任意一种，暂按普通文字处理。",
      fix: "在表的上一行写 <!-- watchbook: table=类型 -->，指明是哪一种。",
    },
    WB201: { say: "这条标注是给表格用的，但旁边没有表格。", fix: "把这行注释放到所属表格的紧上方或紧下方。" },
    WB202: {
      say: "这张表被声明为 {kind}，但表头“{header}”里缺少所需的列。",
      fix: "按 docs/formats/book.md 中 {kind} 的列名改表头，或删掉这条标注。",
    },
    WB203: { say: "没有“{kind}”这种表格。", fix: "可用的类型：{known}。" },
    WB204: { say: "表里没有“{row}”这一行。", fix: "请照抄某一行的第一格：{rows}。" },
    WB210: {
      say: "“{title}”没有写明多久做一次，只能作为由人发起的检查清单。",
      fix: "在标题里写明频率，或在列表上方写 <!-- watchbook: every=daily -->。",
    },
    WB211: {
      say: "“{title}”的频率无法确定：{candidates}。",
      fix: "在列表上方写 <!-- watchbook: every=daily -->，可用 hourly、daily、weekly、monthly、quarterly、yearly、pre-upgrade、pre-release、pre-change。",
    },
    WB212: {
      say: "“{title}”写了周期性的工作（{first} 等），但写法读不出来：手打的编号或方框，或是表格。因此没有安排。",
      fix: "在写明频率的标题下面，把各条写成 `- [ ] …`，或写成 Markdown 的编号列表（`1. …`）。",
    },
    WB213: {
      say: "“{title}”有 {items} 个检查项，旁边有 {commands} 条命令；哪条命令判断哪一项无法确定，因此一条也没有配对。",
      fix: '机器能判断的检查项，请在 watchbook.yaml 中各加一个检查，并写上 items: ["{item}"]。',
    },
    WB214: {
      say: "“{title}”看起来是巡检，但列表既没有编号也没有勾选框。",
      fix: "把各项写成 `- [ ] …` 或编上号；若不是巡检，在列表上方写 <!-- watchbook: ignore=true -->。",
    },
    WB215: {
      say: "“{title}”所在的章节是规划中或可选内容，不会排期。",
      fix: "等它生效后，把列表移到已落地的章节。",
    },
    WB220: {
      say: "没有已知的检查能测量“{metric}”，它的阈值目前不起作用。",
      fix: '在表下方写 <!-- watchbook: table=thresholds row="{metric}" probe=promql query="…" for=5m -->，或在 watchbook.yaml 中加一个 metric: "{metric}" 的检查。',
    },
    WB221: {
      say: "“{metric}”的阈值“{cell}”读不出来。",
      fix: "每格写一个带单位的数字，例如 < 70% 或 500 ms。",
    },
    WB222: {
      say: "“{metric}”的各个阈值单位不一致：{cell}。",
      fix: "每格都写上单位，或把单位写进表头、写在指标名后的括号里。",
    },
    WB228: { say: "“{metric}”这一行没有数字。", fix: "填上阈值，或从表中去掉这一行。" },
    WB229: {
      say: "“{metric}”的阈值互相矛盾：{cell}。",
      fix: "从正常到严重依次递增；数值越低越糟的，依次递减，大于号、小于号也要一致。",
    },
    WB218: {
      say: "没有写明“{metric}”是偏高为坏还是偏低为坏：{cell}。",
      fix: "在阈值前写上 < 或 >，或补一列正常范围。",
    },
    WB216: {
      say: "“{metric}”的持续时间“{cell}”没有单位，不起作用。",
      fix: "写出数字和单位：标注里写 for=5m，正文里写“持续 5 分钟”。",
    },
    WB217: {
      say: "“{metric}”的阈值没有单位：{cell}。",
      fix: "在单元格里写明单位（如 500 ms），或在指标名、表头后用括号注明；写明之前这些阈值不起作用。",
    },
    WB219: {
      say: "“{metric}”的警告与严重要求的持续时间不同：{cell}。",
      fix: "两者写成同一个持续时间，或用标注 for=5m 统一说明。",
    },
    WB223: {
      say: "“{metric}”由检查 {kind} 测量，但还缺少位置（端口、地址）。",
      fix: '在 watchbook.yaml 中加上：checks: [{ id: …, kind: {kind}, metric: "{metric}", params: { … } }]。',
    },
    WB224: {
      say: "“{header}”这一列没有说明是警告阈值还是严重阈值。",
      fix: "把列名改为“警告阈值”或“严重阈值”，或者两列都写上。",
    },
    WB225: {
      say: "{level} 的时限“{cell}”无法计时。",
      fix: "写成数字加单位，例如 30 分钟、4 小时；工作时间另列一栏。",
    },
    WB226: {
      say: "无法确定这些级别是告警级别还是故障级别，因此没有采用。",
      fix: "在上一行写 <!-- watchbook: {shape} scale=incident -->（或 scale=alert）。",
    },
    WB227: {
      say: "这句话像一条告警规则：“{text}”。它只是候选，不会告警。",
      fix: '要让它生效，在旁边写 <!-- watchbook: item="{text}" probe=promql query="…" for=5m -->。',
    },
    WB230: {
      say: "“{data}”的备份频率无法确定：“{cell}”。",
      fix: "请写成其中一种：每小时、每日、每周、每月、变更时、创建时、实时。",
    },
    WB231: {
      say: "“{data}”的保留规则无法确定：“{cell}”。",
      fix: "只写一条规则：时长（30 天）、份数（10 份）或永久。",
    },
    WB232: { say: "没有写明“{data}”保留多久。", fix: "补上保留规则：时长（30 天）、份数（10 份）或永久。" },
    WB235: { say: "正文里 {name} 有几个不同的值：{values}。", fix: "定下一个，并改正其他地方。" },
    WB236: {
      say: "{name} 写的“{cell}”不是能够衡量的限值。",
      fix: "写成比较、数字加单位，例如 < 15 分钟、0 条事件。",
    },
    WB240: {
      say: "手册要求 {kind}：“{text}”。目前只是提议，并未强制。",
      fix: "要强制执行，把 {kind} 加到 watchbook.yaml 的 gates 中。",
    },
    WB242: {
      say: "“{name}”列在通知渠道里，但不是已知的渠道。",
      fix: "在 watchbook.yaml 的 channels 中声明它和它的类型。",
    },
    WB243: {
      say: "这张表写明了谁值班，但只有名字无法联系到人。",
      fix: "在 watchbook.yaml 中声明 people 和 rota；这张表留给读者看。",
    },
  },
} satisfies Same<typeof source>;
