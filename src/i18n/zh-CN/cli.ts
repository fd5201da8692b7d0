import type { Same } from "../same.ts";
import type { cli as source } from "../en/cli.ts";

/** 命令行的框架；各动词的文字与其所在部分放在一起。 */
export const cli = {
  tagline: "能运行的运维手册（值班手册）",
  usage: "用法：watchbook 动词 [参数] [--help] [--json] [--lang zh|en] [--book 目录] [--data 目录]",
  exitTitle: "退出码：",
  optionTitle: "选项：",
  exampleTitle: "示例：",
  more: "watchbook 动词 --help 显示该动词的选项、示例与退出码。",
  error: "错误",
  typedAhead: "问题出现之前输入的内容不算作回答。",
  colon: "：",
  exits: {
    "0": "成功",
    "1": "watchbook 自身的缺陷（会打印调用栈）",
    "2": "手册或输入有误",
    "3": "检查、演练或证据超出限值",
    "4": "对象无法到达或无法判断",
    "5": "在等人处理",
    "130": "被中断",
  },
  options: {
    help: "显示本帮助",
    json: "标准输出只给一份 JSON；进度与消息走标准错误",
    lang: "消息语言，zh 或 en（默认取手册语言，其次取系统区域设置）",
    book: "手册目录（默认：当前目录或其上层中含 watchbook.yaml 的目录）",
    data: "状态目录（默认：手册旁的 .watchbook）",
  },
  errors: {
    "VERB-UNKNOWN": { say: "没有“{verb}”这个动词。", fix: "watchbook --help 列出全部动词。" },
    "VERB-UNKNOWN-NEAR": {
      say: "没有“{verb}”这个动词。",
      fix: "是否想用：watchbook {near}？watchbook --help 列出全部。",
    },
    "OPTION-FIRST": {
      say: "选项 {option} 出现在了动词的位置上。",
      fix: "请先写动词：watchbook 动词 {option}；watchbook --help 列出全部动词。",
    },
    "LANG-UNKNOWN": { say: "没有“{lang}”这种语言。", fix: "--lang 只接受 zh 或 en。" },
    "NOT-A-FOLDER": {
      say: "{path} 不是文件夹。",
      fix: "{option} 要的是文件夹：请给出该文件所在的文件夹，或不写这个选项。",
    },
    "OUTPUT-NOT-WRITTEN": {
      say: "{path} 写不进去（{detail}）。",
      fix: "请让所在文件夹可写、腾出空间，或换一个路径。",
    },
    "OPTION-UNKNOWN": { say: "这里没有选项 {option}。", fix: "watchbook {verb} --help 列出可用选项。" },
    "OPTION-UNKNOWN-NEAR": {
      say: "watchbook {verb} 没有选项 {option}。",
      fix: "是否想用 {near}？watchbook {verb} --help 列出全部。",
    },
    "WORDS-EXTRA": {
      say: "watchbook {verb} 用不上多出来的：{extra}。",
      fix: "请去掉它，或把本是一个整体的内容放进引号；watchbook {verb} --help 说明它接受什么。",
    },
    "OPTION-VALUE": {
      say: "watchbook {verb} 的选项 {option} 多了取值或少了取值。",
      fix: "watchbook {verb} --help 说明哪些选项需要取值。",
    },
  },
} satisfies Same<typeof source>;
