import type { Same } from "../same.ts";
import type { serve as source } from "../en/serve.ts";

export const serve = {
  verbs: {
    serve: {
      does: "让手册持续运行：按日程做例行、读检查项，提供 API 和控制台",
      usage: "serve [--listen 主机:端口] | serve --token-for 人员 [--scope read|write] [--days 天数]",
      examples:
        "watchbook serve\nwatchbook serve --book /srv/manual --listen 127.0.0.1:7071\nwatchbook serve --token-for wang --scope write --days 30",
      exits:
        "0  被 SIGTERM 或 Ctrl-C 正常停止\n2  手册编译不过、端口被占用，或数据已被别的进程占用\n1  程序自身出错而停止",
    },
    status: {
      does: "说明现在哪里不对、什么该做",
      usage: "status",
      examples: "watchbook status\nwatchbook status --json --lang en",
      exits: "0  没有异常，也不等人\n2  手册有错误\n3  有不合格或漏做\n4  有无法判定的\n5  在等人处理",
    },
  },
  options: {
    "serve.listen": "API 和控制台的监听地址（默认 127.0.0.1:7070；端口写 0 自动选空闲的）",
    "serve.token-for": "为手册中的此人签发令牌，只显示一次，随即结束",
    "serve.scope": "令牌权限：read 只读，write 可写（默认 read）",
    "serve.days": "令牌有效天数（默认 30）",
  },
  said: {
    serving: "{title}：控制台在 {url}（进程 {pid}，数据在 {data}）。按 Ctrl-C 结束。",
    servingOld: "{title}：最新的手册有错误，仍按上一份完好的手册运行。控制台在 {url}（进程 {pid}，数据在 {data}）。",
    flawed: "手册有错误，第一处在 {first}：那里写的内容不会运行。watchbook lint 会全部列出。",
    stopping: "已停止。",
    alone: "没有守护进程在运行，检查项当前没有读数。请启动：watchbook serve",
    watched: "由进程 {pid} 值守，自 {since} 起 · {url}",
    token: "{person} 的令牌，{scope}，有效期至 {until}。只显示这一次：",
    scopes: { read: "只读", write: "可读可写" },
  },
  errors: {},
} satisfies Same<typeof source>;
