import type { Words } from "./words.ts";

export const zh: Words = {
  usage: {
    fault: `silktalk-fault 故障 节点 [数值]      真的弄坏一样东西
silktalk-undo 故障 节点              恢复原状
silktalk-fault --help                本列表；--lang en 显示英文`,
    undo: `silktalk-undo 故障 节点              恢复 silktalk-fault 故障 节点 弄坏的东西
silktalk-undo --help                 本列表；--lang en 显示英文`,
    stack: `silktalk-stack status                        现在运行着什么（JSON）
silktalk-stack start|stop|restart 节点       启动、停止、重启一个节点
silktalk-stack install 节点 版本              换上程序的一个版本，下次启动生效
silktalk-stack up [--from 端口]              启动三个节点，等到它们彼此相连
silktalk-stack down                          结束节点和故障
silktalk-fault 故障 节点 [数值]、silktalk-undo 故障 节点    见 silktalk-fault --help
从源码运行：node src/stack.ts 命令 … --dir 目录 [--lang zh|en]`,
  },
  nodes: (names) => `节点：${names.join("、")}`,
  faults: "故障：",
  usually: (value) => `（默认 ${value}）`,
  fault: {
    stop: {
      does: "正常结束节点，端口拒绝连接",
      doing: (node) => `正在结束 ${node} ……`,
      done: (node) => `${node} 已结束，端口拒绝连接。`,
      undoing: (node) => `正在启动 ${node} ……`,
      undone: (node) => `${node} 在运行。`,
    },
    kill: {
      does: "强行杀掉节点（SIGKILL），锁和 pid 文件留在原处",
      doing: (node) => `正在强杀 ${node} ……`,
      done: (node) => `${node} 已死，锁和 pid 文件还在。`,
      undoing: (node) => `正在清除失效的锁并启动 ${node} ……`,
      undone: (node) => `${node} 在运行。`,
    },
    freeze: {
      does: "暂停节点（SIGSTOP），端口仍接受连接，但没有应答",
      doing: (node) => `正在暂停 ${node} ……`,
      done: (node) => `${node} 已暂停：端口仍接受连接，但没有应答。`,
      undoing: (node) => `正在唤醒 ${node} ……`,
      undone: (node) => `${node} 继续运行。`,
    },
    "identity-lost": {
      does: "拿走 identity.key 后重启，节点以另一个身份回来",
      doing: (node) => `正在拿走 ${node} 的密钥并重启 ……`,
      done: (node) => `${node} 以另一个身份回来了。`,
      undoing: (node) => `正在把密钥还给 ${node} ……`,
      undone: (node) => `${node} 的身份与记录一致。`,
    },
    connections: {
      does: "建立真实连接，直到节点有这么多连接，或者已满",
      doing: (node, count) => `正在建立连接，直到 ${node} 有 ${count} 个（约十秒）……`,
      done: (node, count) => `${node} 有 ${count} 个连接，或者已到上限。`,
      undoing: (node) => `正在关闭到 ${node} 的连接 ……`,
      undone: (node) => `${node} 已放开这些连接。`,
    },
    "disk-full": {
      does: "把节点的目录写到配额的百分之几",
      doing: (node, percent) => `正在把 ${node} 的目录写到配额的 ${percent}% ……`,
      done: (node, percent) => `${node} 的目录已占配额的 ${percent}%，节点也已察觉。`,
      undoing: (node) => `正在给 ${node} 腾出空间 ……`,
      undone: (node) => `${node} 又有空间了。`,
    },
    "log-errors": {
      does: "发送若干条坏消息，日志里多出同样多的 ERROR 行",
      doing: (node, count) => `正在向 ${node} 发送 ${count} 条坏消息 ……`,
      done: (node, count) => `${node} 的日志多了 ${count} 行 ERROR。它们会过期：一分钟后不再告警。`,
      undoing: () => "无需等待 ……",
      undone: (node) => `${node} 已写的日志就留在那里；一分钟后不再计入。`,
    },
    errors: {
      does: "持续发送消息，其中百分之几是坏的，错误率随之上升",
      doing: (node, percent) => `正在向 ${node} 发送消息，其中 ${percent}% 是坏的（约十秒）……`,
      done: (node, percent) => `${node} 的错误率约为 ${percent}%。`,
      undoing: (node) => `不再发送坏消息；${node} 统计最近一分钟，因此要等一分钟 ……`,
      undone: (node) => `${node} 的错误率为 0。`,
    },
    latency: {
      does: "在节点前放一个代理，往返多花这么多毫秒",
      doing: (node, ms) => `正在让 ${node} 的流量绕过代理，往返多 ${ms} 毫秒（最多约 15 秒）……`,
      done: (node, ms) => `到 ${node} 的往返多了 ${ms} 毫秒。`,
      undoing: (node) => `正在撤掉 ${node} 前的代理 ……`,
      undone: (node) => `到 ${node} 不再经过代理。`,
    },
  },
  undoWith: (command) => `恢复：${command}`,
  runs: (node, pid) => `${node} 在运行，进程号 ${pid}`,
  waits: (what, seconds, most) => `  …… 等待${what}（已等 ${seconds} 秒，最多 ${most} 秒）`,
  until: {
    answers: (node) => ` ${node} 应答`,
    ended: (pid) => `进程 ${pid} 结束`,
    seen: "所有节点彼此相连",
    connections: (node, count) => ` ${node} 达到 ${count} 个连接`,
    released: (node) => ` ${node} 放开连接`,
    noticed: (node) => ` ${node} 察觉`,
    room: (node) => ` ${node} 有空间`,
    messages: (node) => ` ${node} 收到足够多的消息`,
    forgotten: (node) => ` ${node} 最近一分钟没有坏消息`,
    logged: (node) => ` ${node} 写完日志`,
    proxy: "代理开始监听",
    slow: (node) => ` ${node} 变慢`,
    fast: (node) => ` ${node} 变快`,
    rejoined: (node) => `其他节点重新连上 ${node}`,
  },
  failures: {
    inVain: (what, seconds) => ({ say: `等了 ${seconds} 秒，没有等到${what}。`, fix: "请看 nodes/*/logs。" }),
    option: (detail) => ({ say: `选项有误：${detail}`, fix: "--help 列出可用的写法。" }),
    lang: (word) => ({ say: `没有“${word}”这种语言。`, fix: "--lang 只能是 zh 或 en。" }),
    dir: { say: "没有指定工作目录。", fix: "用 --dir 目录 指定，或使用工作目录 bin 里的命令。" },
    port: (word) => ({ say: `${word} 不是端口。`, fix: "请写 1024 到 60000 之间的数。" }),
    verb: (word) => ({ say: `没有“${word}”这个命令。`, fix: "silktalk-stack --help 列出全部命令。" }),
    node: (word, known) => ({
      say: word === "" ? "没有写节点。" : `没有“${word}”这个节点。`,
      fix: `可以是：${known}。`,
    }),
    release: (word, known) => ({
      say: word === "" ? "没有写版本。" : `没有“${word}”这个版本。`,
      fix: `可以是：${known}。`,
    }),
    fault: (word, known) => ({
      say: word === "" ? "没有写故障。" : `没有“${word}”这种故障。`,
      fix: `可以是：${known}。--help 有说明。`,
    }),
    value: (word, name, least, most) => ({
      say: `“${word}”不能作为 ${name} 的数值。`,
      fix: `请写 ${least} 到 ${most} 之间的整数。`,
    }),
    stopped: (node) => ({ say: `${node} 没有运行。`, fix: `先启动它：silktalk-stack start ${node}` }),
    silent: (node) => ({ say: `${node} 没有应答。`, fix: `先唤醒或重启它：silktalk-stack restart ${node}` }),
    full: (node) => ({
      say: `${node} 已到连接上限，不再接受新连接。`,
      fix: `先放开一些：silktalk-undo connections ${node}`,
    }),
    alone: (node) => ({ say: `除 ${node} 外没有节点在运行。`, fix: "先启动其他节点：silktalk-stack up" }),
    endedAtOnce: (node, output) => ({ say: `${node} 刚启动就结束了。`, fix: `它说：${output}` }),
  },
};
