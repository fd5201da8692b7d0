import type { Same } from "../same.ts";
import type { signIn as source } from "../en/sign-in.ts";

export const signIn = {
  title: "登录",
  first: "你是谁",
  second: "验证器上的代码",
  person: "人员",
  personHint: "watchbook.yaml 中“people:”下你的 id。",
  name: "姓名",
  password: "密码",
  passwordHint: "至少 12 个字符；用几个别人不会放在一起的词。",
  code: "代码",
  codeHint: "六位数字，或一个恢复码。",
  send: "登录",
  out: "退出登录",
  as: "{name}，已登录",
  oidc: "用 {name} 登录",
  refused: "另一处的登录被拒绝：{code}。",
  refusedFix: "请从这里重新开始。若再次被拒绝，管理员可在审计日志中查到原因。",
  setup: "初始设置",
  setupFirst: "第一位管理员",
  setupWhy: "现在还没有人能登录。看得到守护进程终端的人，持有唯一一次成为管理员的代码。",
  setupCode: "设置代码",
  setupCodeHint: "守护进程启动时已打印。再看一次：watchbook account setup-code",
  setupSend: "成为管理员",
} satisfies Same<typeof source>;
