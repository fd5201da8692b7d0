/** 新人的第一天。 */
export const onboard = {
  verbs: {
    onboard: {
      does: "带新人按阅读顺序读手册，途中提问，最后签字",
      usage: "onboard --as 人员 [--key 文件 | --signature 文件] | onboard --as 人员 --status | --print",
      examples:
        "watchbook onboard --as wei\nwatchbook onboard --as wei --status\nwatchbook onboard --as wei --key ~/.ssh/id_ed25519",
      exits: "0  全部读完并已签字\n2  不能，并说明原因\n5  还有没读或没签的",
    },
  },
  options: {
    "onboard.as": "谁是新人，用 people 下的编号",
    "onboard.status": "读到哪里了",
    "onboard.key": "私钥；或公钥，其私钥在 agent 里",
    "onboard.signature": "在别处用 ssh-keygen -Y sign -n watchbook-onboarding 签好的签名",
    "onboard.print": "只打印要签的文字",
  },
  states: { read: "已读", changed: "读后有改动", unread: "未读" },
  said: {
    intro:
      "请在平时看手册的地方读每一份文档。回车：读完了。有文档答不上来的问题：直接输入，会记下来。q：先到这里，下次从这里继续。",
    stage: "第 {number} 份，共 {count} 份：{title} – {file}（{lines} 行）",
    changed: "第 {number} 份，共 {count} 份：{title} – {file}（{lines} 行），你读过之后有改动",
    ask: "> ",
    stop: "q",
    kept: "已记下。手册能回答之前，每次交接都会列出。",
    stopped: "停在 {file} 之前。用同一条命令继续。",
    asked: "提了 {count} 个问题",
    unsigned: "尚未签字",
    signed: "已签字",
    signs: "你将签下：",
    done: "{who} 已读完手册。签名：{path}",
  },
  errors: {
    "ONBOARD-NO-ORDER": {
      say: "手册没有阅读顺序。",
      fix: "请在入口文档里加一节“阅读顺序”，用编号列表依次链接各份文档。",
    },
    "ONBOARD-WHO": {
      say: "手册里没有人员“{person}”。",
      fix: "用 --as 说明谁是新人；现有：{known}。请先把新人加到 watchbook.yaml 的 people 下。",
    },
    "ONBOARD-NO-KEY": {
      say: "手册里没有 {person} 可信的公钥。",
      fix: "请把其 SSH 公钥那一行写到 watchbook.yaml 的 people 下。已读的进度会保留。",
    },
    "ONBOARD-UNREAD": { say: "还没有读完：{files}。", fix: "继续读：watchbook onboard --as 人员" },
    "ONBOARD-TEXT": {
      say: "签的不是入职阅读记录的文字。",
      fix: "请对 watchbook onboard --print 给出的文字逐字节签名。",
    },
    "ONBOARD-SIGNATURE": {
      say: "{person} 的签名不成立（{flaw}）。",
      fix: "请用公钥写在 people 下的那把密钥重签：watchbook onboard --as {person} --key 文件",
    },
  },
} as const;
