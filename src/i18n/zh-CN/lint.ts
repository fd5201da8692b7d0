import type { Same } from "../same.ts";
import type { lint as source } from "../en/lint.ts";

/** 检查规则的发现，以及动词 lint 与 show 的文字。 */
export const lint = {
  levels: { error: "错误", warn: "警告", note: "提示" },
  summary:
    "{files} 个文件、{blocks} 个代码块、{runbooks} 个规程、{duties} 项例行：{errors} 个错误、{warnings} 个警告、{notes} 个提示",
  notesHidden: "（--notes 显示提示）",
  verbs: {
    lint: {
      does: "编译并检查文件、目录或整本手册",
      usage: "lint [路径…] [--format text|json|sarif|github] [--strict] [--notes] [-o 文件]",
      examples:
        "watchbook lint\nwatchbook lint manual.md docs/ --strict\nwatchbook lint --format json . > model.json\nwatchbook lint --format sarif -o lint.sarif .",
      exits: "0  没有错误\n2  有错误；加 --strict 时警告与有歧义的代码块也算",
    },
    show: {
      does: "显示识别出了什么、依据哪条规则",
      usage: "show coverage|index [词…]|services|duties|rota|permissions|编号 [--format text|json]",
      examples: "watchbook show coverage\nwatchbook show index 重启\nwatchbook show duties\nwatchbook show SOP-01",
      exits: "0  已显示\n2  手册中没有此物，或手册无法读取",
    },
  },
  options: {
    "lint.format": "text（默认）、json、sarif 或 github",
    "lint.strict": "警告和有歧义的代码块也算失败",
    "lint.notes": "同时显示提示（评分与建议）",
    "lint.output": "写入该文件，而不是标准输出",
    "show.format": "text（默认）或 json",
  },
  errors: {
    "LINT-NOTHING": {
      say: "{path} 中没有手册。",
      fix: "请给出 Markdown 文件或含有它的目录；.txt 文件需指明文件名才会读取。",
    },
    "LINT-FORMAT": { say: "没有“{format}”这种格式。", fix: "可用：{known}。" },
    "SHOW-EXTRA": {
      say: "`show {what}` 后面不接其他内容（{extra}）。",
      fix: "换一本手册请用 --book 目录；搜索请用 `show index 词…`。",
    },
    "SHOW-UNKNOWN": {
      say: "手册中没有“{id}”。",
      fix: "watchbook show index 列出全部内容；coverage、services、duties、rota 显示其余部分。",
    },
    "SHOW-NEAR": { say: "手册中没有“{id}”。", fix: "是否想看：{near}？" },
  },
  findings: {
    WB101: {
      say: "“{target}” 不存在。",
      fix: "改正路径，或补上这个文件；路径相对于本文档，以斜杠开头则相对于手册根目录。",
    },
    WB102: {
      say: "“{target}” 中没有标题 #{anchor}。",
      fix: "改正锚点；它取代码托管平台由标题生成的写法。",
    },
    WB103: {
      say: "“{target}” 指向手册之外。",
      fix: "把文件移入手册，或改用它的网址。",
    },
    WB105: {
      say: "从 {entry} 出发，没有任何链接能走到 {file}。",
      fix: "在入口文档或其可达的文档中加上链接，或在 watchbook.yaml 用 entry: 指定别的入口。",
    },
    WB106: {
      say: "文档把 {path} 列为证据，但它不存在。",
      fix: "补上文件，或从列表中去掉。",
    },
    WB107: {
      say: "手册中没有编号为 {number} 的文档。",
      fix: "把该文档加入手册，或删去这条引用。",
    },
    WB301: {
      say: "“{title}”会改动系统，却没有任何验证。",
      fix: "加一个“验证”步骤并给出只读命令，或用 wb-verify 指定。",
    },
    WB302: {
      say: "“{title}”会改动系统，却没有写如何回退。",
      fix: "在旁边写出回滚流程，或用 wb-rollback 指定步骤。",
    },
    WB303: {
      say: "“{title}”从未演练过。",
      fix: "把它作为演练执行一次，并保留证据。",
    },
    WB304: {
      say: "“{title}”最近一次证实于 {last}，已过 {days} 天；按其自身频率最多 {limit} 天。",
      fix: "再演练一次，或修改手册承诺的频率。",
    },
    WB331: {
      say: "恢复 {backup} 的备份集时什么也不探测：只能说明文件回来了。",
      fix: "请在 backups: {backup}: restore: probes: … 写明业务需要什么（带结果的查询、对应用的请求），或用 agree: 核对行与文件。",
    },
    WB332: {
      say: "手册承诺备份{data}，但 watchbook.yaml 没有备份集取它。",
      fix: "请在 backups: … data: [{data}] 中声明，或在手册里写明由什么来取、如何证明。",
    },
    WB333: {
      say: "手册承诺 {data} “{promised}”（{at}），而 {backup} 取得更少：{every}。",
      fix: "去掉 {backup} 的 every:，让手册自己的话生效；或者改手册的承诺。",
    },
    WB334: {
      say: "手册承诺 {data} 保留“{promised}”（{at}），而 {backup} 保留得更少：{keep}。",
      fix: "去掉 {backup} 的 keep:，让手册自己的话生效；或者改手册的承诺。",
    },
    WB335: {
      say: "手册承诺 {data} 存放在 {count} 处，“{promised}”（{at}），而 {backup} 只有 {places} 处。",
      fix: "在 {backup} 的 also: 下写明其余各处；或者改手册的承诺。",
    },
    WB305: {
      say: "{name} 在第 {line} 行的代码块中赋值，却在这里使用：步骤之间不共享 shell，此处它是空的。",
      fix: "在本块中也赋值，或作为声明的输出或参数传递。",
    },
    WB306: {
      say: "写了 {path}，但没有任何东西会启动它。",
      fix: "写明运行它的定时器或 crontab 行，或把它改成例行任务。",
    },
    WB307: {
      say: "此处用 {interpreter} 运行脚本，第 {line} 行却用 {other}。",
      fix: "统一用一个解释器，并写出路径。",
    },
    WB308: {
      say: "级别 {id} 没有响应时限。",
      fix: "在表中补上首次响应时间，或写在 watchbook.yaml 的 severities 下。",
    },
    WB309: {
      say: "“{title}”是周期任务（{every}），却没有负责人。",
      fix: "在 watchbook.yaml 写明负责人与时间（duties: {id}: owner: …、at: …）。",
    },
    WB401: {
      say: "报告 {name} 的文件名没有日期。",
      fix: "文件名请带 YYYYMMDD。",
    },
    WB402: {
      say: "{name} 带了日期，而这类文件应长期沿用同一个名字。",
      fix: "去掉日期；历史在 git 里。",
    },
    WB403: {
      say: "{name} 不符合所在目录的命名 {pattern}。",
      fix: "改名，或修改命名规则。",
    },
    WB404: {
      say: "示例 {example} 不符合它所说明的命名 {pattern}。",
      fix: "改正其中之一。",
    },
    WB405: {
      say: "命名规则 {pattern} 在 {name} 上迟迟得不出结果。",
      fix: "写法里不要在重复之中再套重复，例如 ^[a-z0-9-]+\\.md$。",
    },
    WB501: {
      say: "这里有一个密钥或口令（{kind}）。",
      fix: "删除它，并在使用处更换，改用 env:名称 或 file:/路径 引用；git 历史仍保留旧值。",
    },
    WB502: {
      say: "“{label}”后面跟着一个值：是明文口令吗？",
      fix: "改用 env:名称 或 file:/路径 引用，或写成占位符，例如 <密码>。",
    },
    WB601: {
      say: "{data} 应永久保留（{file}:{policy}），第 {copied} 行却把它放进 {root}，而这里会清理它：“{command}”。",
      fix: "把它放到单独的、不被清理的位置。",
    },
    WB602: {
      say: "{name} 有不同的值：{places}。",
      fix: "定下一个值，只写一处，其余引用它。",
    },
    WB603: {
      say: "{name}位于 {location}，没有轮转规则覆盖它（第 {line} 行：{globs}）。",
      fix: "把它的文件加入轮转规则。",
    },
    WB604: {
      say: "{id} 在这里是告警级别，在 {file}:{line} 是事件优先级，含义不同。",
      fix: "给其中一套改名，或在 watchbook.yaml 的 severities 中写明对应关系。",
    },
    WB605: {
      say: "日志级别 {level} 会隐去第 {line} 行要统计的“{pattern}”。",
      fix: "保留 info 级别，或改为统计 {level} 级别的内容。",
    },
    WB606: {
      say: "{name} 此处为 {value}，第 {line} 行为 {before}。",
      fix: "只留一个，或写明各自适用的情形。",
    },
    WB607: {
      say: "轮转规则把{name}保留 {days} 天，第 {line} 行的表承诺 {promised} 天。",
      fix: "使两者一致。",
    },
    WB608: {
      say: "{metric}：{normal} 以内为正常，{warn} 起警告，之间没有说明。",
      fix: "补上空档，或保持不变：其间的值显示为“偏高”，不告警。",
    },
    WB609: {
      say: "{data}存放于“{location}”，但没有说是哪里。",
      fix: "写明具体位置以及谁能取用。",
    },
    WB610: {
      say: "{name} 此处为 {value}，{file}:{line} 处为 {before}。",
      fix: "只留一个，或在各处写明适用的服务、环境或情形。",
    },
    WB611: {
      say: "{data} 应保留“{promised}”（{file}:{policy}），“{command}”却更早把它从 {root} 中删除。",
      fix: "不要早于表中承诺的时间删除，或改正表格。",
    },
    WB701: {
      say: "“{title}”中的“{command}”具有破坏性，之前既无审批也无警告。",
      fix: "给该块加 wb-approve，或在前面加 > [!WARNING]。",
    },
    WB702: {
      say: "find 从 {root} 开始并删除：可能连 {root} 本身一起删掉。",
      fix: "加上 -mindepth 1，并按清单删除，而不只看时间。",
    },
    WB703: {
      say: "在“{deny}”（第 {line} 行）之后启用防火墙，此前却没有放行 SSH：会把自己锁在外面。",
      fix: "先放行 SSH（例如 ufw allow OpenSSH），并设一个自动关闭防火墙的定时器。",
    },
    WB704: {
      say: "“{command}”列出的是监听端口，而这里要的是连接数。",
      fix: "改用 ss -tn state established，并以 sport 指定端口。",
    },
    WB705: {
      say: "{unit} 由 systemd 启动，limits.conf 的 {item} 对它不起作用。",
      fix: "在 unit 文件中设置 LimitNOFILE= 等。",
    },
    WB706: {
      say: "“{command}”不会结束。",
      fix: "给它加上限（timeout 30s、-n 100、--since），或留作人工片段。",
    },
    WB707: {
      say: "“{command}”会等人输入。",
      fix: "改用不提问的写法，或留作人工步骤。",
    },
    WB708: {
      say: "“{command}”在 {file}:{line} 被禁止，却写在这里。",
      fix: "删去它，或撤回禁令。",
    },
    WB709: {
      say: "还没确认 {copy} 存在，就删除了 {removed}。",
      fix: "先检查副本，并把旧数据移开而不是删除。",
    },
    WB710: {
      say: "同一天第二次执行会把 {from} 复制进已存在的 {to} 里面。",
      fix: "目标已存在时拒绝，或在名字里加上时刻。",
    },
    WB711: {
      say: "“{command}”没有指定版本。",
      fix: "固定为测试过的版本。",
    },
    WB712: {
      say: "外出端口范围 {low}–{high} 覆盖了服务自己的端口 {port}（第 {line} 行）。",
      fix: "把范围起点提高，或写入 net.ipv4.ip_local_reserved_ports。",
    },
    WB713: {
      say: "“{command}”直接执行网络上取来的内容。",
      fix: "先下载、核对摘要、读过，再执行。",
    },
    WB714: {
      say: "“{command}”不校验证书。",
      fix: "改为信任正确的颁发者（--cacert）。",
    },
    WB715: {
      say: "“{command}”把文件开放给所有人。",
      fix: "设置正确的属主和最小权限。",
    },
    WB716: {
      say: "“{title}”中的“{command}”直接强杀：正在写的内容会丢失。",
      fix: "通过它的管理程序停止（systemctl stop、docker compose stop）并给它时间；任何执行计划都不会这样做。",
    },
    WB717: {
      say: "“{title}”中的“{command}”会连同服务一起删除数据。",
      fix: "去掉 --volumes；任何执行计划都不会这样做。",
    },
    WB803: {
      say: "{name}保留 {days} 天；合规要求 {profile} 为 {demanded} 天。",
      fix: "延长保留，或在 watchbook.yaml 的 compliance 中去掉该项。",
    },
    WB804: {
      say: "{name}保留 {days} 天；在中国，网络日志至少须留存六个月。",
      fix: "若适用该法，请在 watchbook.yaml 声明 compliance: [cn-network-logs]；否则忽略本提示。",
    },
    WB805: {
      say: "{product} 自 {ended} 起已停止支持。",
      fix: "改用 {instead}。",
    },
    WB806: {
      say: "{name} 不适用：文档写明运行在 {why} 上。",
      fix: "删去，或写明适用于哪里。",
    },
    WB811: {
      say: "检查 {id} 的类型是“{kind}”，没有这种类型。",
      fix: "是否想写 {near}？全部类型见 docs/checks.zh-CN.md。",
    },
    WB812: {
      say: "检查 {id} 的类型是“{kind}”，没有这种类型。",
      fix: "可用：{known}。",
    },
    WB813: {
      say: "检查 {id}：{key} 不符合类型 {kind} 的要求（{problem}）。",
      fix: "{kind} 的参数见 docs/checks.zh-CN.md。",
    },
    WB814: {
      say: "{key} 里的“{value}”还没有换成真实的值。",
      fix: "请写上真实的值；如果还不知道，就先删掉这一项。",
    },
    WB819: {
      say: "检查 {id}：类型 {kind} 没有参数“{key}”。",
      fix: "是不是指：{near}？全部参数见 docs/checks.zh-CN.md。",
    },
    WB831: {
      say: "{runbook}：{id} 的类型是“{kind}”，没有这种类型。",
      fix: "是不是 {near}？类型见 docs/steps.zh-CN.md 与 docs/faults.zh-CN.md。",
    },
    WB832: {
      say: "{runbook}：{id} 的 {key} 不符合类型 {kind} 的要求（{problem}），它的任何计划都做不出来。",
      fix: "{kind} 的参数见 docs/steps.zh-CN.md 与 docs/faults.zh-CN.md。",
    },
    WB901: {
      say: "文档标为“{state}”，但以下尚未签字：{roles}。",
      fix: "补签，或标为草稿。",
    },
    WB902: {
      say: "该步骤等待“{role}”审批，而手册中没有能签名的人担任它。",
      fix: "在 watchbook.yaml 的 people 下加上担任该角色且有公钥的人。",
    },
  },
} satisfies Same<typeof source>;
