import type { Same } from "../same.ts";
import type { desk as source } from "../en/desk.ts";

/** 例行：状态、频率，以及为什么现在做不了。 */
export const desk = {
  states: { due: "待做", running: "进行中", open: "待确认", done: "已完成", missed: "已错过" },
  every: {
    hourly: "每小时",
    daily: "每日",
    weekly: "每周",
    monthly: "每月",
    quarterly: "每季度",
    yearly: "每年",
    "on-create": "创建时",
    "on-change": "变更时",
    stream: "持续",
    "pre-upgrade": "升级前",
    "pre-release": "上线前",
    "pre-change": "变更前",
    "on-demand": "按需",
  },
  errors: {
    "ZONE-UNKNOWN": {
      say: "没有“{zone}”这个时区。",
      fix: "请在 watchbook.yaml 的 `zone:` 里写 IANA 时区名，例如 Asia/Shanghai。",
    },
    "PERIOD-UNKNOWN": {
      say: "“{period}”不是一个周期。",
      fix: "周期的写法是 2026-11-20、2026-W47、2026-11、2026-Q4、2026 或 2026-11-20T08。",
    },
    "PERIOD-NAME": {
      say: "“{period}”不能用作事件名。",
      fix: "请用不超过 80 个字母、数字、点、短横线或下划线，例如 upgrade-2.1。",
    },
    "PERIOD-NOT-NOW": {
      say: "{duty} 当前的周期是 {present}（{zone}），不是 {period}。",
      fix: "现在测到的数字说明不了别的周期：去掉 --period，或写 {present}。",
    },
    "CLOCK-BEHIND": {
      say: "时钟显示 {now}，可是 {duty} 已经有 {later} 的记录。",
      fix: "请先核对时钟（timedatectl）；如果现在的时间才是对的，请加上 --period {period} 表示确认。",
    },
    "NO-DUTIES": {
      say: "在《{title}》里没有找到任何例行。",
      fix: "请在写明频率的标题下放一个任务列表，例如“每日检查清单”；watchbook show duties 会列出已识别的内容。",
    },
    "DUTY-UNKNOWN": {
      say: "手册里没有“{duty}”这项例行。",
      fix: "已有的例行：{known}。",
    },
    "DUTY-IS-BACKUP": {
      say: "{duty} 是备份，没有可逐项查看的内容。",
      fix: "现在取一份：watchbook backup run {name}",
    },
    "DUTY-AMBIGUOUS": {
      say: "“{duty}”对应不止一项例行。",
      fix: "请指明其中一项：{known}。",
    },
    "ANSWER-NO-RUN": {
      say: "{duty} 在本周期还没有做过，没有可以回答的条目。",
      fix: "请先做一次：watchbook inspect {duty}",
    },
    "ANSWER-NONE-OPEN": {
      say: "{duty} 在 {period} 没有等人确认的条目。",
      fix: "要把全部条目重看一遍，请运行 watchbook inspect {duty}；已有的记录会保留。",
    },
    "ANSWER-NOT-OPEN": {
      say: "“{item}”不在待确认之列：它已有结论。",
      fix: "待确认的条目：{known}。要把全部条目重看一遍，请运行 watchbook inspect",
    },
    "ANSWER-ITEM-UNKNOWN": {
      say: "没有叫“{item}”的条目。",
      fix: "请写待确认条目的标识、全文或其中一段：{known}。",
    },
    "ANSWER-ITEM-AMBIGUOUS": {
      say: "“{item}”对应不止一个条目。",
      fix: "请把文字写得更全，指明其中一项：{known}。",
    },
    "ANSWER-TWICE": {
      say: "“{item}”被回答了两次。",
      fix: "每个条目只回答一次。",
    },
  },
} satisfies Same<typeof source>;
