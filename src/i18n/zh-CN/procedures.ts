import type { Same } from "../same.ts";
import type { procedures as source } from "../en/procedures.ts";

/** Code blocks and procedures: findings WB250 to WB299, and why a command has its risk. */
export const procedures = {
  findings: {
    WB250: {
      say: "这个代码块有不止一种读法（{kinds}），因此不会执行。依据：{evidence}。",
      fix: '在代码块的语言名后面写明它是什么，例如 {"wb-kind":"script"}；如果永远不该执行，写 {"ignore":"true"}。',
    },
    WB251: {
      say: "命令里有待填写的内容（{placeholders}），因此不会照原样执行。",
      fix: '写上真实的值，或在代码块的语言名后面声明为参数：{"wb-params":"{params}"}。',
    },
    WB252: {
      say: "命令里写死了某一天的日期（{dates}），那只是示例，不是当天的备份。",
      fix: '在代码块的语言名后面把日期声明为参数：{"wb-params":"{params}"}。',
    },
    WB253: {
      say: "从第 {line} 行起，这个代码块不能按 shell 读通：引号、括号、关键字或 here-document 没有配对。其中的命令都不会执行。",
      fix: '补全引号、括号或 here-document，或把代码块标为 text，或加上 {"ignore":"true"}。',
    },
    WB254: {
      say: "这个代码块没有结束标记，从这里到文件末尾都只当作文字。",
      fix: "在最后一行代码下面补上同样字符的结束行。",
    },
    WB255: {
      say: "代码块标明是 shell，却含有 shell 不会执行的行，例如输出或说明文字。依据：{evidence}。",
      fix: "把输出放进标为 text 的代码块，或在每条命令前写上提示符 $，其余各行就会当作输出。",
    },
    WB256: {
      say: "这个代码块可能是文件的内容，或把文件内容和命令混在一起（{kinds}），因此不会执行。依据：{evidence}。",
      fix: '若整块就是一个文件，或由别的程序执行，请写 {"wb-kind":"file"}；若都是命令，请写 {"wb-kind":"script"}；两者都有时，请各用一个代码块。',
    },
    WB257: {
      say: "脚本以 shebang 开头，却没有写明安装到哪里，因此既不执行也不安装。",
      fix: '在 shebang 下面用注释写明路径，例如“# /usr/local/bin/name.sh”；或写 {"wb-kind":"script"}。',
    },
    WB258: {
      say: "编号注释没有按 1、2、3 递增：第 {line} 行的编号 {number} 不在顺序上，因此步骤不能确定。",
      fix: '重新编号；如果各行的先后就是正确顺序，写 {"wb-kind":"steps"}。',
    },
    WB259: {
      say: "这些命令是几种做法任选其一，或带有条件，不能一条接一条地执行。依据：{evidence}。",
      fix: '把每种做法分成单独的标题和代码块；如果只供查阅，写 {"wb-kind":"cheatsheet"}。',
    },
    WB260: {
      say: "看不懂这个代码块的属性“{key}”，其中的命令一概不执行。",
      fix: "是否想写 {nearest}？",
    },
    WB261: {
      say: "代码块声明的风险是“{said}”，而命令“{command}”属于 {found}；两者不一致，因此不执行。",
      fix: "把 wb-risk 提高到“{found}”，或把这条命令移到单独的代码块。",
    },
    WB262: {
      say: "步骤“{step}”用于验证，但命令“{command}”会改动系统（{risk}），不能作为证明。",
      fix: "把改动系统的命令移到前面的步骤，验证步骤只做查看。",
    },
    WB263: {
      say: "{key} 指向步骤“{name}”，但本页没有这个步骤。已有名字的步骤：{names}。",
      fix: '给对应的步骤加上 {"name":"{name}"}，或改正名字。',
    },
    WB264: {
      say: "名字“{name}”已经被第 {line} 行的代码块使用，无法判断指的是哪一个。",
      fix: "给其中一个代码块换个名字。",
    },
    WB265: {
      say: "{number}“{title}”里找不到可识别的步骤，只当作文字保留。",
      fix: "把步骤写成编号列表，命令放在各条目内的代码块里。",
    },
    WB266: {
      say: "“{runbook}”的标题写的是 dry-run，其中却有命令带 --execute。",
      fix: "改正标题，或去掉命令里的 --execute。",
    },
    WB267: {
      say: "代码块周围的文字（{label}）说明它是输出、一个例子、待填写的格式，或是不该做、不再做的事，因此不会执行。",
      fix: '如果就是要照原样执行，在代码块的语言名后面写 {"wb-kind":"script"}；输出请放进标为 text 的代码块。',
    },
    WB268: {
      say: "文中要求读者换成自己的值（{text}），因此不会照原样执行。",
      fix: '写上真实的值，或在代码块的语言名后面把会变的部分声明为参数，例如 {"wb-params":"name=billing"}。',
    },
    WB269: {
      say: "这个代码块是给读者自己的电脑用的（{what}），不是在步骤所执行的机器上用的。",
      fix: '在代码块的语言名后面写 {"ignore":"true"}，或改写成在相应服务器上执行的命令。',
    },
    WB270: {
      say: "代码块里的注释，或它和相邻代码块前面的文字，指向不同的机器（{machines}）；都在一台机器上执行，就会把别处该做的事做在这里。",
      fix: '给每台机器单独写一个标题和代码块，或在代码块的语言名后面写明对象：{"wb-target":"NAME"}。',
    },
    WB271: {
      say: "代码块只设置了 shell 的变量或选项（{first}）；各步骤不共用 shell，这些设置随代码块结束而失效。",
      fix: '把设置和用到它们的命令放进同一个代码块；如果不用执行，写 {"ignore":"true"}。',
    },
    WB272: {
      say: "命令 {command} 会毁掉它所在的机器，永远不会从手册里执行。",
      fix: '写明真正要处理的目录或磁盘；如果只是反面例子，写 {"ignore":"true"}。',
    },
    WB273: {
      say: "“{title}”没有哪一步带有这些命令（从 {first} 起）：从所在的位置无法确定由哪一步执行。",
      fix: "把每条命令的代码块缩进到编号列表里执行它的那一步下面，不要放在引用里。",
    },
    WB274: {
      say: "代码块处的说明（{label}）把它限定在机器无法判断的情况、位置、人员、以后的时间或往事上，因此不会执行。",
      fix: '如果它就是要照原样执行，在代码块语言后面写 {"wb-kind":"script"}。',
    },
  },
  /** Why a command has its risk; keys of Command.why. */
  risk: {
    reads: "只查看",
    rehearses: "只预演，不做改动",
    writes: "会做改动",
    destroys: "会销毁数据或切断连接",
    "says-destroys": "命令本身写明要删除或覆盖",
    "unknown-program": "不认识这个程序",
    "unknown-subcommand": "不认识这个子命令",
    "dynamic-program": "运行时才知道是哪个程序",
    "opaque-shell": "交给另一个 shell 的内容读不出来",
    "pipe-to-shell": "执行另一个程序输出的内容",
    script: "执行的脚本内容在这里看不到",
    session: "会打开一个会话",
    "program-text": "自带的程序文本可能写文件或启动其他程序",
    "remove-recursive": "连同内容删除整个目录",
    "remove-wildcard": "删除目录里的所有内容",
    remove: "删除文件",
    "find-delete": "查到什么就删除什么",
    "truncate-file": "清空文件",
    "overwrite-device": "覆盖磁盘",
    "redirect-over-file": "覆盖文件",
    append: "追加写入文件",
    "edit-in-place": "直接修改文件",
    archive: "写入或解开归档",
    copies: "复制并覆盖文件",
    "sync-delete": "删除源端没有的内容",
    downloads: "下载文件",
    "whole-root": "改动整个文件系统",
    permissions: "改变属主或权限",
    "clears-log": "删除日志",
    "kill-9": "强制杀死进程，不留收尾机会",
    signals: "向进程发信号",
    kernel: "修改内核参数",
    partitions: "修改分区",
    mounts: "挂载或卸载",
    network: "修改网络设置",
    "network-down": "切断网络连接",
    firewall: "修改防火墙",
    "firewall-enable": "可能把操作者自己的连接挡在门外",
    "firewall-flush": "删除防火墙规则",
    "http-write": "发送会改动数据的请求",
    "http-delete": "发送删除请求",
    "service-state": "启动、停止或重启服务",
    "compose-down": "停止并删除容器",
    "down-volumes": "连同数据卷一起删除容器",
    "remove-container": "强制删除容器",
    prune: "删除所有未使用的内容",
    "delete-object": "删除集群中的对象",
    drain: "把节点上的工作全部迁走",
    "scale-zero": "停掉所有副本",
    "force-push": "覆盖仓库历史",
    "discard-work": "丢弃未保存的修改",
    "remove-package": "卸载软件包",
    packages: "安装或变更软件包",
    "sql-destroys": "SQL 会删除、清空或移除数据",
    "sql-writes": "SQL 会改动数据",
    "sql-unknown": "不认识的 SQL",
    "sql-input": "SQL 来自这里看不到的文件或管道",
    dumps: "写出转储",
    restores: "载入转储",
    "restores-over": "覆盖现有数据进行恢复",
  },
} satisfies Same<typeof source>;
