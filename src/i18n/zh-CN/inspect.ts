import type { Same } from "../same.ts";
import type { inspect as source } from "../en/inspect.ts";

/** 动词 inspect 的文字。 */
export const inspect = {
  verbs: {
    inspect: {
      does: "现在就做一次例行：测量，询问程序判断不了的条目，写出带日期的报告和证据",
      usage:
        "inspect [例行] [--by 姓名] [--period 周期] [--no-ask] | inspect [例行] --open | inspect [例行] --answer 条目=pass|fail|skip … [--note 文字]",
      examples:
        "watchbook inspect\nwatchbook inspect weekly --by 王芳\nwatchbook inspect upgrade-checklist --period v2.1\nwatchbook inspect --json --no-ask\nwatchbook inspect daily --open\nwatchbook inspect daily --answer '风扇=pass' --note '安静，无灰尘' --by 王芳",
      exits:
        "0  通过；警告只计数，不算不合格\n2  手册或输入有误，或者报告写不进去\n3  有条目不合格\n4  没有不合格，但有条目程序判断不了\n5  没有不合格，但还有条目等人确认\n130  被中断；已经看到的都有记录",
    },
  },
  options: {
    "inspect.by": "由谁执行（默认：当前登录名）",
    "inspect.period": "确认当前周期，或给事件起名（没有固定日期的例行）",
    "inspect.no-ask": "不在终端上提问；需要人判断的条目留待确认",
    "inspect.answer":
      "回答留待确认的条目：写条目的标识、全文或其中一段，再加 =pass（正常）、=fail（不正常）或 =skip（略过）；不会重新测量（可重复）",
    "inspect.note": "看到了什么；本次调用的每个 --answer 都带上它",
    "inspect.open": "只在终端上询问留待确认的条目；不会重新测量",
  },
  said: {
    progress: "已查 {done}/{total} 项 · {title}",
    begins: "共 {total} 项检查……",
    daemon: "由守护进程（进程号 {pid}）执行……",
    askIntro: "有 {count} 项需要人来判断。y：正常，n：不正常，s：略过，回车：留待以后。",
    ask: "{number}/{count} {text}（{place}）[y/n/s/回车] ",
    askAgain: "请输入 y、n、s，或直接回车。",
    note: "  看到了什么？（回车表示没有补充）",
    report: "报告：{path}",
    evidence: "证据：{path}",
    verify: "核验：{command}",
    owner: "由{owner}确认",
    answerLater: "还有 {open} 项等人确认。回答方式：{command} --open，或 --answer 条目=pass",
    noneAnswered: "没有回答任何条目，什么也没有记录。",
  },
  answers: { pass: "y", fail: "n", skipped: "s" },
  disks: {
    "STORE-FULL": "没有剩余空间",
    "STORE-READ-ONLY": "磁盘或目录只读",
    "STORE-IO": "磁盘报错",
  },
  errors: {
    "INSPECTION-NOT-KEPT": {
      say: "这次巡检没有任何内容能写入 {folder}（{why}）：没有记录、报告，也没有证据。",
      fix: "结果只有上面显示的这些，需要的话请先复制下来。请腾出空间或恢复可写（df -h {folder}；findmnt -T {folder}），然后重新巡检：记录会从原处继续。",
    },
    "ANSWER-FORM": {
      say: "“{given}”不是一个回答。",
      fix: "请写 --answer 条目=pass、--answer 条目=fail 或 --answer 条目=skip；条目可写标识、全文或其中一段。",
    },
    "ANSWER-NOTE": {
      say: "--note 要跟着回答使用。",
      fix: "请同时给出 --answer 条目=pass|fail|skip；巡检过程会自己询问补充说明。",
    },
    "ANSWER-OR-OPEN": {
      say: "--answer 和 --open 不能同时使用。",
      fix: "--open 在终端上逐项询问，--answer 直接给出回答：请二选一。",
    },
    "ANSWER-NO-TERMINAL": {
      say: "没有可以提问的终端。",
      fix: "请直接给出回答：watchbook inspect {duty} --answer 条目=pass|fail|skip。待确认的条目：{known}。",
    },
  },
} satisfies Same<typeof source>;
