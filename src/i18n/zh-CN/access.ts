import type { Same } from "../same.ts";
import type { access as en } from "../en/access.ts";

/** People at the server: who may come in, what they may do, what they did. */
export const access: Same<typeof en> = {
  verbs: {
    account: {
      does: "谁可以登录控制台",
      usage:
        "account list | account add 人员 [--administrator] | account reset|disable|enable 人员 [--reason 文字] | account setup-code",
      examples:
        'watchbook account setup-code\nwatchbook account add wei\nwatchbook account reset wei --reason "手机丢失"\nwatchbook account list --json',
      exits: "0  已完成，或已列出\n2  做不到，并说明原因",
    },
    session: {
      does: "谁登录着控制台，以及结束其会话",
      usage: "session list | session revoke 编号|人员",
      examples: "watchbook session list\nwatchbook session revoke 1f3a5b7c\nwatchbook session revoke wei",
      exits: "0  已列出，或已结束\n2  没有这个会话",
    },
    audit: {
      does: "通过服务做了什么、谁做的、为什么，以及拒绝了什么",
      usage: "audit list [--person 谁] [--action 什么] [--limit N] | audit verify",
      examples: "watchbook audit list\nwatchbook audit list --person wei --limit 20\nwatchbook audit verify",
      exits: "0  已列出，或每一行都接着上一行\n3  有一行被改动或缺失",
    },
  },
  options: {
    "account.administrator": "不依手册授权而管理：用于没有写任何人员的手册",
    "account.reason": "原因；会记录在案",
    "audit.person": "只看此人做的",
    "audit.action": "只看此动作，例如 run.begin",
    "audit.limit": "多少行，最新的在前（默认 50）",
  },
  said: {
    setup: "还没有管理员。请在本机打开 {url}/setup，设置码为 {code}",
    code: "在守护进程所在机器上打开 {path} 时使用的设置码；有了管理员或守护进程结束后即失效：",
    noCode: "已有管理员，不需要设置码。",
    invited: "{person} 在 /sign-in 用这个邀请码设置密码，只能用一次，有效至 {until}。仅此时显示：",
    acted: {
      reset: "已清除 {person} 的密码与第二因素，结束其全部会话，并吊销其全部令牌。",
      disable: "{person} 不能再登录：会话已结束，令牌已吊销。",
      enable: "{person} 可以再次登录。",
    },
    none: "还没有账号。watchbook account setup-code 给出第一个账号的设置码。",
    noSessions: "没有人登录。",
    noEntries: "没有记录。",
    ended: { one: "{person} 的会话已结束。", all: "已结束 {count} 个会话。" },
    states: { on: "可用", disabled: "已停用", invited: "已邀请", gone: "不在手册中" },
    factors: { password: "密码", totp: "密码加验证码", none: "无密码" },
    outcomes: { done: "完成", refused: "拒绝", failed: "失败" },
    whole: "共 {count} 行，每一行都接着上一行。末行摘要：{hash}",
    broken: "第 {seq} 行与上一行接不上：它或它之前的内容被改动过。",
    omitted: "另有 {count} 次被拒绝",
  },
  notice: {
    titleBegan: "{title}：{person} 启用了紧急权限",
    titleEnded: "{title}：{person} 的紧急权限已结束",
    began: "在 {until} 之前，{person} 可以做操作员能做的一切。",
    ended: "已于 {until} 结束；请查看做过什么：watchbook audit list --person {person}",
    reason: "原因：{reason}",
    second: "{second} 在场。",
  },
  errors: {
    "SIGN-IN": { say: "此处没有人登录，或登录已结束。", fix: "请在 /sign-in 登录。" },
    "SIGN-IN-WRONG": {
      say: "名称、密码或验证码不对。",
      fix: "请再试一次；忘记密码由管理员重置：watchbook account reset 人员",
    },
    "SIGN-IN-WAIT": {
      say: "错误的尝试过多；{seconds} 秒后才接受下一次。",
      fix: "请等待后再试一次；在守护进程所在机器上随时可用 watchbook account reset 人员。",
    },
    "NOT-ALLOWED": {
      say: "你的角色在这里不允许这样做（{action} 需要其中之一：{roles}）。",
      fix: "请找有此角色的人；角色写在 watchbook.yaml 的 “people: … access:” 下。紧急时可在设置页启用紧急权限。",
    },
    "NOT-ALLOWED-TARGET": {
      say: "你的角色只限于某些环境（{action}），而这些对象不属于其中任何一个：{targets}。",
      fix: "请用 --targets 选其他对象，或请角色不受限的人来做；要让对象属于某个环境，请在 watchbook.yaml 中给它写 “environment:”，watchbook 自己的机器则在那里另起一个名字（targets: here: kind: local）。",
    },
    CSRF: { say: "这个请求不是从 watchbook 自己的页面发出的。", fix: "请重新打开页面再操作；程序请使用令牌。" },
    "STRONG-NEEDED": {
      say: "这需要两个因素，而你只用一个因素登录。",
      fix: "请在设置页启用验证码，或用验证码重新登录；审批也可以用你自己的密钥签名。",
    },
    "TOKEN-OTHER": { say: "令牌只能由本人创建。", fix: "请让此人登录后自己创建。" },
    "TOKEN-ITSELF": {
      say: "令牌只能结束它自己。",
      fix: "请登录后在设置页结束，或在守护进程所在机器上：watchbook session revoke 编号",
    },
    "TOKEN-ABSENT": { say: "没有令牌 {token}。", fix: "GET /api/v1/tokens 列出全部令牌。" },
    "SETUP-CODE": {
      say: "设置码不对。",
      fix: "它在守护进程的输出里；在其机器上 watchbook account setup-code 会再说一次。",
    },
    "SETUP-ELSEWHERE": {
      say: "第一个管理员只能在守护进程所在的机器上创建。",
      fix: "请在那台机器上打开 http://127.0.0.1 加守护进程的端口，或经 ssh -L 访问。",
    },
    "SETUP-DONE": {
      say: "已经有管理员。",
      fix: "请登录；新增管理员用：watchbook account add 人员 --administrator",
    },
    "ACCESS-NO-DAEMON": {
      say: "没有守护进程在使用 {data}：只有提供服务时才有人登录。",
      fix: "请启动：watchbook serve",
    },
    "ACCOUNT-USAGE": {
      say: "不理解 “account {given}”。",
      fix: "用 account list、account add 人员、account reset|disable|enable 人员，或 account setup-code。",
    },
    "SESSION-USAGE": { say: "不理解 “session {given}”。", fix: "用 session list，或 session revoke 编号|人员。" },
    "AUDIT-USAGE": { say: "不理解 “audit {given}”。", fix: "用 audit list，或 audit verify。" },
    "AUDIT-LIMIT": { say: "“{limit}” 不是行数。", fix: "--limit 请给 1 到 1000 的数。" },
    "ACCOUNT-THERE": { say: "{person} 已有账号。", fix: "watchbook account reset {person} 给出新的邀请码。" },
    "ACCOUNT-TOKEN": {
      say: "令牌不能新建、重置或停用账号。",
      fix: "请以两个因素登录后在设置页的“人员”中操作，或在守护进程所在机器上：watchbook account。",
    },
    "ACCOUNT-OWN": {
      say: "在这里不能重置或停用自己的账号。",
      fix: "请在设置页修改密码与第二因素，或在守护进程所在机器上：watchbook account reset {person}",
    },
    "ACCOUNT-UNKNOWN": { say: "{person} 没有账号。", fix: "watchbook account list 列出有账号的人。" },
    "ACCOUNT-NO-PERSON": {
      say: "{person} 不是手册中的人员；已知：{known}。",
      fix: "请在 watchbook.yaml 的 “people:” 下加上此人并提交；共用账号不是人员。",
    },
    "SESSION-UNKNOWN": { say: "没有会话 {session}。", fix: "watchbook session list 列出会话。" },
    "PASSWORD-SHORT": { say: "密码少于 {least} 个字符。", fix: "请用几个别人猜不到会放在一起的词；不要求特殊符号。" },
    "PASSWORD-LONG": { say: "密码多于 {most} 个字符。", fix: "请用短一些的。" },
    "PASSWORD-EASY": { say: "密码几乎只是名字或重复的符号。", fix: "请用几个别人猜不到会放在一起的词。" },
    "TOTP-WRONG": { say: "验证码与所显示的密钥不符。", fix: "请核对两台设备的时间，再输入此刻显示的验证码。" },
    "EMERGENCY-REASON": {
      say: "启用紧急权限必须写明原因。",
      fix: "请用至少 {least} 个字符说明发生了什么；所有人都会看到。",
    },
    "EMERGENCY-MINUTES": { say: "紧急权限的时长为 1 到 {most} 分钟。", fix: "需要多久就给多久；之后可以再次启用。" },
    "EMERGENCY-ON": { say: "{person} 已在使用紧急权限。", fix: "请先结束它，或等它自行结束。" },
    "EMERGENCY-SELF": {
      say: "第二人必须是另一个人。",
      fix: "请另一人输入名称与密码，或不填：那样只有你写的原因作为依据。",
    },
    "OIDC-ABSENT": { say: "手册没有写身份提供方。", fix: "请用密码登录，或在 watchbook.yaml 中加上 “oidc:”。" },
    "OIDC-WAIT": {
      say: "从你的地址开始的登录过多；{seconds} 秒后才能开始下一次。",
      fix: "请等待后重新开始，或用密码登录。",
    },
    "OIDC-STATE": { say: "这次登录不是从这里开始的、已经用过，或耗时过长。", fix: "请在 /sign-in 重新开始。" },
    "OIDC-DENIED": { say: "{provider} 没有让你登录（{detail}）。", fix: "请重新开始，或询问 {provider} 的管理者。" },
    "OIDC-REFUSED": {
      say: "{provider} 的回答不成立（{detail}），未予采信。",
      fix: "请重新开始；若仍如此，请核对 watchbook.yaml 中的 issuer、client 与 secret。",
    },
    "OIDC-UNREACHABLE": { say: "{provider}（{issuer}）没有回答。", fix: "请用密码登录；并查看本机能否访问该地址。" },
    "OIDC-CLAIM": {
      say: "{provider} 没有给出你的 {claim}。",
      fix: "请询问 {provider} 的管理者，或在 watchbook.yaml 中改用别的 claim（oidc: claim:）。",
    },
    "OIDC-STRANGER": {
      say: "{provider} 认识你，但手册不认识。",
      fix: "请把你加入 watchbook.yaml 的 “oidc: people:”。",
    },
  },
};
