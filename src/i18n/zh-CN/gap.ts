/** 手册答不上来的问题。 */
export const gap = {
  verbs: {
    gap: {
      does: "记录手册答不上来的问题，直到手册能回答",
      usage: "gap add 问题 [--owner 负责人] [--due 日期] | gap list [--all] | gap close 编号 --reason 说明",
      examples:
        'watchbook gap add "邮件服务器的证书在哪里？" --owner wei --due 2026-12-01\nwatchbook gap list\nwatchbook gap close 1f3a5b7c --reason "见 1-docs/ARCH/tls.md 第 2 节"',
      exits: "0  已记录、已关闭或已列出\n2  不能，并说明原因",
    },
  },
  options: {
    "gap.owner": "由谁补全手册",
    "gap.due": "最晚日期，如 2026-12-01",
    "gap.reason": "手册现在在哪里回答了它",
    "gap.by": "谁提的；默认为当前账号名",
    "gap.all": "已关闭的也列出",
  },
  said: {
    add: "已记录为 {id}。手册能回答之前，每次交接都会列出。",
    close: "{id} 已关闭。",
    open: "未答",
    closed: "已关闭",
    none: "没有未答的问题。",
  },
  errors: {
    "GAP-USAGE": { say: "看不懂“gap {given}”。", fix: "gap add 问题、gap list，或 gap close 编号 --reason 说明。" },
    "GAP-EMPTY": { say: "总要写点什么。", fix: "写出问题；或用 --reason 说明手册现在在哪里回答了它。" },
    "GAP-DUE": { say: "“{due}”不是日期。", fix: "请写成 2026-12-01。" },
    "GAP-UNKNOWN": { say: "没有编号为“{gap}”的未答问题。", fix: "未答的有：{known}。" },
  },
} as const;
