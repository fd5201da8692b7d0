import type { Same } from "../same.ts";
import type { target as source } from "../en/target.ts";

export const target = {
  verbs: {
    target: {
      does: "初次连接主机：显示它的主机密钥，经人核对后才信任",
      usage: "target enroll 名称 [--fingerprint SHA256:…]",
      examples:
        "watchbook target enroll web-1\nwatchbook target enroll web-1 --fingerprint SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
      exits:
        "0  密钥已写入手册的文件\n2  没有这个对象\n3  主机出示的密钥与所给指纹不符\n4  主机连不上\n5  还没有人核对密钥",
    },
  },
  options: {
    "target.fingerprint": "主机负责人告诉您的指纹；可以给出多个",
  },
  said: {
    keys: "{host} 出示的密钥：",
    states: { known: "（已知）", unknown: "（新）", changed: "（与文件中的不同！）" },
    ask: "请与主机负责人核对。完全一致吗？[输入 yes；直接回车：否] ",
    yes: "yes",
    written: "已写入 {file}：请提交，让其他人也能审阅。",
    nothing: "{file} 中已经有了。",
    left: "没有写入任何内容：请先与主机负责人核对指纹，再用 --fingerprint 给出。",
  },
  errors: {
    "TARGET-USAGE": { say: "`target {given}` 不是可以做的事。", fix: "请写 watchbook target enroll 名称。" },
    "TARGET-NOT-SSH": {
      say: "手册中没有通过 SSH 连接的对象“{name}”。",
      fix: "是不是指：{nearest}？对象写在 watchbook.yaml 的 targets: 下，kind: ssh 并给出 host。",
    },
    "FINGERPRINT-OTHER": {
      say: "主机还出示了指纹为 {fingerprint} 的密钥，而您没有给出它。没有写入任何内容。",
      fix: "请向主机负责人索取全部密钥的指纹：ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub。",
    },
  },
} satisfies Same<typeof source>;
