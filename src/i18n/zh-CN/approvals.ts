import type { Same } from "../same.ts";
import type { approvals as source } from "../en/approvals.ts";

export const approvals = {
  errors: {
    "APPROVAL-KEYS-ONLY": {
      say: "本手册只认用本人密钥签名的批准。",
      fix: "在你自己的机器上：watchbook runs approve 执行 --key 文件，或对它打印的文本签名后提交。",
    },
    "APPROVAL-UNSIGNED": {
      say: "批准需要签名：此处没有人登录，服务器无法代签。",
      fix: "用你的密钥签名（watchbook runs approve 执行），或以双因素登录控制台后批准。",
    },
    "APPROVAL-STRANGER": {
      say: "手册中没有 {person} 这个人：只有手册里的人员才能批准。",
      fix: "在 watchbook.yaml 的 people: 下添加 {person} 的姓名、角色和公钥，或用 --as 以已有人员的身份批准。",
    },
    "APPROVAL-NO-KEY": {
      say: "手册中没有可用于核对 {person} 批准的公钥。",
      fix: "把 ~/.ssh/id_ed25519.pub 的那一行写到 watchbook.yaml 中 {person} 的 key:（Ed25519、ECDSA、2048 位及以上 RSA 或硬件密钥；不接受证书）。",
    },
    "APPROVAL-REQUESTER": {
      say: "这次执行是 {person} 自己发起的，不能由本人批准。",
      fix: "请另一位具备相应角色的人批准。",
    },
    "APPROVAL-INVITED": {
      say: "{person} 的密码是在发起这次执行之后，用发起人给出的邀请码设置的。",
      fix: "请另一个人批准，或由 {person} 用自己的密钥签名：watchbook runs approve 执行 --key 文件。",
    },
    "APPROVAL-ROLE": {
      say: "{person} 不具备可以批准此事的任何角色：{roles}。",
      fix: "请具备其中一个角色的人批准；watchbook show rota 列出人员和角色。",
    },
    "APPROVAL-TWICE": {
      say: "{person} 已经批准过：一个人只算一次。",
      fix: "请另一个人批准。",
    },
    "APPROVAL-SAME-KEY": {
      say: "{person} 的公钥同时也是 {other} 的：两个名字共用一把密钥，只算一个人。",
      fix: "在 watchbook.yaml 中给两人各配一把密钥。",
    },
    "APPROVAL-EXPIRED": {
      say: "批准的期限是 {until}，现已过期。",
      fix: "请重新发起执行，并在期限内取得批准。",
    },
    "APPROVAL-TEXT": {
      say: "{person} 所签的不是批准的原文。",
      fix: "请用 watchbook runs approve 签名，或原样签署它打印的文本。",
    },
    "APPROVAL-OTHER": {
      say: "签名批准的是另一个 {what}（{said}），而不是 {wanted}。",
      fix: "先用 watchbook runs show 重新查看该次执行，再签署 watchbook runs approve 打印的文本。",
    },
    "APPROVAL-OTHER-KEY": {
      say: "所用密钥 {key} 不是手册中 {person} 的密钥。",
      fix: "请用 watchbook.yaml 中 people: 所列公钥对应的私钥签名（--key FILE，或通过 agent）。",
    },
    "APPROVAL-SIGNATURE-MALFORMED": {
      say: "{person} 给出的不是 SSH 签名。",
      fix: "请给出 ssh-keygen -Y sign 写出的完整文件，从 BEGIN SSH SIGNATURE 到 END。",
    },
    "APPROVAL-SIGNATURE-UNSUPPORTED": {
      say: "不接受 {person} 这种签名（证书、DSA、不足 2048 位或使用 SHA-1 的 RSA）。",
      fix: "请用普通的 Ed25519、ECDSA、RSA 密钥或硬件密钥签名。",
    },
    "APPROVAL-SIGNATURE-NAMESPACE": {
      say: "{person} 的签名不是为批准而签的。",
      fix: "请用 ssh-keygen -Y sign -n watchbook-approval 签名。",
    },
    "APPROVAL-SIGNATURE-WRONG": {
      say: "{person} 的签名与待批准的内容不符。",
      fix: "请重新签署原文，连最后一个换行也不要改动。",
    },
    "APPROVAL-SIGNATURE-UNTOUCHED": {
      say: "{person} 的硬件密钥没有被触碰：这不算本人同意。",
      fix: "请重新签名并触碰密钥；用 no-touch-required 生成的密钥不能用于批准。",
    },
    "APPROVAL-WHICH-KEY": {
      say: "没有可用来签名的密钥：既没有指定，手册里也没有此人的公钥。",
      fix: "用 --key FILE 指定密钥，或把此人的公钥写进 watchbook.yaml。",
    },
    "APPROVAL-NO-PROGRAM": {
      say: "这台机器上没有用来签名的程序 {program}。",
      fix: "请安装它（Debian：apt-get install openssh-client），或在另一台机器上签署 watchbook runs approve --print 显示的文本。",
    },
    "APPROVAL-NOT-SIGNED": {
      say: "ssh-keygen 没有签名，退出码为 {status}；它的说明见上文。",
      fix: "用 --key FILE 指定密钥（私钥，或私钥在 agent 中的 .pub 文件）；ssh-add -l 列出 agent 中的密钥。",
    },
  },
} as const satisfies Same<typeof source>;
