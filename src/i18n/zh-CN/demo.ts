import type { Same } from "../same.ts";
import type { demo as source } from "../en/demo.ts";

/** demo 与 init 两个动词的用语。 */
export const demo = {
  said: {
    installing: "正在按锁文件安装 {example} 的软件包（约 140 个，只装一次）……",
    packages: "  已装 {done}/{total} 个包……",
    starting: "正在启动示例的服务……",
    started: "服务已启动：{nodes}",
    noGit: "这台机器没有 git：证据里写不出手册的提交号。",
    verdict: "{title}：{verdict}",
    report: "报告：{path}",
    evidence: "证据：{path}",
    verify: "核验：{command}",
    serving: "服务中。控制台：{url}   按 Ctrl-C 结束它们和本程序。",
    tryThis: "可以试试：\n{lines}",
    ending: "正在结束已启动的进程……",
  },
  init: {
    usual: { title: "{service} 运维手册", owner: "值班员" },
    asks: {
      template: "模板：plain、systemd、compose 还是 k8s？[{usual}]",
      title: "手册的标题？[{usual}]",
      service: "服务在机器上的名字（单元、项目或命名空间）？[{usual}]",
      owner: "每日巡检由谁做？[{usual}]",
    },
    again: {
      template: "可选的有：{names}。",
      title: "请写成一行，不要含有 | ` < 和 >。",
      service: "请用不超过 64 个字母、汉字、数字、点、短横线或下划线，以字母、汉字或数字开头。",
      owner: "请写成一行，不要含有 | ` < 和 >。",
    },
    said: {
      written: "已写入：{files}",
      next: "下一步：{command}",
      found:
        "{title}：{documents} 个文档、{runbooks} 个规程、{blocks} 个代码块、{thresholds} 条阈值；例行（条目数）：{duties}",
      none: "无",
      findings: "有 {count} 处不对或没有依据，请看：{command}",
    },
  },
  verbs: {
    demo: {
      does: "启动一个示例及其服务，做一次巡检，然后持续服务",
      usage: "demo [名称] [--once] [--dir 目录] [--listen 主机:端口]",
      examples: "watchbook demo\nwatchbook demo --once\nwatchbook demo silktalk --lang zh --dir /tmp/try",
      exits:
        "0  报告和证据都已写出，不论结论如何；或在服务中被 Ctrl-C 结束\n2  没有这个示例，或此目录里已有一个 demo 在运行\n3  报告或证据没能写出\n4  软件包装不上，或服务没有启动\n130  报告写出之前被中断",
    },
    init: {
      does: "建立手册：用模板新建，或接管目录里已有的手册",
      usage: "init 目录 [--template plain|systemd|compose|k8s] [--yes]",
      examples: "watchbook init ops\nwatchbook init ops --template systemd --yes\nwatchbook init /srv/existing-manuals",
      exits: "0  手册已就绪\n2  已经有了，目录里没有手册，或没有人可以询问",
    },
  },
  options: {
    "init.template": "服务的种类：plain、systemd、compose 或 k8s；不给则逐项询问",
    "init.yes": "全部采用默认回答，不询问",
    "demo.once": "写出报告后结束",
    "demo.dir": "工作目录（默认：当前目录下的 .watchbook/demo/NAME）",
    "demo.listen": "控制台的地址（默认 127.0.0.1:7070，被占用时换一个空闲端口）",
  },
  errors: {
    "DEMO-UNKNOWN": {
      say: "没有名为“{name}”的示例。",
      fix: "是不是想用 {near}？现有示例：{names}。",
    },
    "DEMO-RUNS": {
      say: "{dir} 里已经有一个 demo 在运行：进程 {pid}，从 {since} 开始。",
      fix: "在那边按 Ctrl-C 结束它，或用 --dir DIR 给这一个另选目录。",
    },
    "DEMO-INSTALL": {
      say: "{example} 的软件包没能装上：{detail}",
      fix: "请检查网络和 npm 的源设置（npm config get registry），然后再次运行同一条命令。",
    },
    "DEMO-STACK": {
      say: "示例的服务在“{verb}”这一步出错：{detail}",
      fix: "照它说的做，或者看 {dir} 下的日志；然后再次运行同一条命令，遗留的进程会先清理。",
    },
    "INIT-WHERE": {
      say: "要在哪个目录建立手册？",
      fix: "用法：watchbook init DIR；DIR 可以是新目录、空目录，或放着手册的目录。",
    },
    "INIT-EXISTS": {
      say: "{dir} 已经是一本手册：里面有 watchbook.yaml。",
      fix: "请修改那个文件，或另选目录；什么都没有写入。",
    },
    "INIT-FILE": {
      say: "{path} 不是目录。",
      fix: "请指定手册要放的目录。",
    },
    "INIT-NOT-EMPTY": {
      say: "{dir} 不是空的（{names}），而模板只写入空目录。",
      fix: "请另选目录，或去掉 --template，改为接管已有的内容。",
    },
    "INIT-NO-MANUAL": {
      say: "{dir} 里没有手册：没有 .md、.markdown 或 .txt 文件。",
      fix: "请指定放着手册的目录，或用 --template 在空目录里新建。",
    },
    "INIT-TEMPLATE": {
      say: "没有名为“{name}”的模板。",
      fix: "是不是想用 {near}？现有模板：{names}。",
    },
    "INIT-LEFT": {
      say: "什么也没有建立：问题还没答完就离开了。",
      fix: "请重新运行，或加 --yes 采用默认答案。",
    },
    "INIT-ASK": {
      say: "没有终端，无法为 {dir} 逐项询问。",
      fix: "请给出 --template plain|systemd|compose|k8s，或用 --yes 采用默认回答。",
    },
    "DEMO-GIT": {
      say: "git 在 {root} 里出错：{detail}",
      fix: "请确认 git 能在那里写入，或删掉这个目录后再次运行同一条命令。",
    },
  },
} satisfies Same<typeof source>;
