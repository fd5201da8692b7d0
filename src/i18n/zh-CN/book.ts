import type { Same } from "../same.ts";
import type { book as source } from "../en/book.ts";

/** 读取、解析、配置、编译：发现 WB001..WB099、错误、`show` 的用词。 */
export const book = {
  errors: {
    "BOOK-NOT-FOLDER": { say: "{path} 不是目录。", fix: "请给出手册所在的目录，或直接给出文件。" },
    "BOOK-NOT-MARKDOWN": { say: "{path} 不是 Markdown 文件。", fix: "请给出以 .md、.markdown 或 .txt 结尾的文件。" },
    "BOOK-PATH-OUTSIDE": {
      say: "{path} 不在 {root} 之内。",
      fix: "请给出手册根目录下的路径，或用 --book 另选根目录。",
    },
    "BOOK-TOO-MANY-FILES": {
      say: "{path} 里的文件达到或超过 {limit} 个，大多在 {folder}（{files} 个）。",
      fix: "请只给出手册所在的目录，或在 watchbook.yaml 的 `ignore` 中列出 {folder}/。",
    },
    "BOOK-TOO-LARGE": {
      say: "{path} 里的手册合计超过 {limit} 字节。",
      fix: "请只给出手册所在的目录，或在 watchbook.yaml 的 `ignore` 中列出不属于手册的文件。",
    },
    "BOOK-FILE-TOO-LARGE": {
      say: "{path} 超过 {limit} 字节，未读取。",
      fix: "watchbook.yaml 只放数据，不放正文：请把长文字移到手册里。",
    },
    "BOOK-FILE-UNREADABLE": { say: "无法读取 {path}（{reason}）。", fix: "请检查该文件及其上级目录的权限。" },
    "BOOK-GIT-FAILED": {
      say: "在 {root} 执行 `{command}` 失败：{why}。",
      fix: "请在该目录手动执行同一条命令，git 自己的提示会说明缺什么。",
    },
    "BOOK-CONFIG-WRONG": {
      say: "watchbook.yaml 有 {count} 处错误，第一处在第 {line} 行。",
      fix: "运行 `watchbook lint` 可逐条列出，包括键名和最接近的正确写法。",
    },
  },
  findings: {
    WB001: {
      say: "文件在偏移 {offset} 处有 NUL 字节，不是文本。",
      fix: "请另存为纯文本，或在 watchbook.yaml 的 `ignore` 中列出它。",
    },
    WB002: {
      say: "文件不是 UTF-8：偏移 {offset} 处的字节 {byte} 不构成任何字符。",
      fix: "请转换编码，例如：iconv -f GB18030 -t UTF-8 旧文件 > 新文件",
    },
    WB008: {
      say: "文件的编码是 {encoding} 而不是 UTF-8，没有读取其中任何内容。",
      fix: "请转换编码：iconv -f {encoding} -t UTF-8 旧文件 > 新文件",
    },
    WB003: {
      say: "文件有 {bytes} 字节，超过 {limit} 字节的文件不读取。",
      fix: "请拆分，或在 watchbook.yaml 的 `ignore` 中列出它。",
    },
    WB004: {
      say: "{path} 是指向手册之外（{target}）的符号链接，没有跟随。",
      fix: "请把文件复制进手册，或选择同时包含两者的根目录。",
    },
    WB005: { say: "{path} 是绕回自身的符号链接。", fix: "请删除该链接，或让它指向一个文件。" },
    WB006: { say: "无法读取 {path}（{reason}）。", fix: "请确认它存在，并且你有权读取它及其上级目录。" },
    WB010: { say: "以 `---` 开头的 front matter 没有结束。", fix: "请在最后一个键的下一行写上 `---`。" },
    WB011: {
      say: "front matter 不是合法的 YAML：{what}。",
      fix: "请改正这一行；在此之前，整段 front matter 都不生效。",
    },
    WB012: { say: "front matter 没有 `watchbook.{key}` 这个键。", fix: "是否想写 {nearest}？" },
    WB013: { say: "front matter 中 `{key}` 的值不合要求。", fix: "请写成：{expected}" },
    WB014: { say: "注解没有 `{key}` 这个键。", fix: "是否想写 {nearest}？" },
    WB015: { say: "注解在 `{text}` 附近读不懂。", fix: '请写成：<!-- watchbook: 键=值 另一键="两个 词" -->' },
    WB016: {
      say: "这里像是用全角竖线（｜）画的表格，Markdown 认不出来。",
      fix: "请把每一行的 ｜ 换成 |，并保留表头下面的横线行。",
    },
    WB017: {
      say: "从这里开始的内容嵌套太深或太长（{what}），只按纯文本读取，或未读取。",
      fix: "请拆成较短的段落或较浅的列表。",
    },
    WB018: {
      say: "`{text}` 在 Markdown 里不是任务框，这一项因此不在检查清单里。",
      fix: "请写成 `- [ ] 文字`：方括号里一个空格，后面再一个空格。",
    },
    WB019: {
      say: "加粗 `{text}` 没有闭合：`**` 前是标点、后面紧跟文字时，Markdown 不会结束加粗。",
      fix: "请把标点移到 `**` 之后，或在后面加一个空格。",
    },
    WB020: {
      say: "写在这里的注释键 `{key}` 不会被读取，不起任何作用。",
      fix: "{where}。",
    },
    WB021: {
      say: "这一行有 {written} 个单元格，表头有 {columns} 个。",
      fix: "请让每一行的单元格数与表头一致；单元格里的竖线写成 \\|。",
    },
    WB022: {
      say: "front matter 里的键 `{key}` 不会被读取，不起任何作用。",
      fix: "请在 watchbook.yaml 中声明对象：targets: { web-1: { kind: …, environment: … } }。",
    },
    WB030: { say: "watchbook.yaml 不是合法的 YAML：{what}。", fix: "请改正这一行；整个文件必须是一组键值。" },
    WB031: {
      say: "watchbook.yaml 没有 `{key}` 这个键。",
      fix: "是否想写 {nearest}？全部键的说明见 docs/formats/book.md。",
    },
    WB032: { say: "`{key}` 的值不合要求。", fix: "请写成：{expected}" },
    WB033: { say: "缺少 `{key}`。", fix: "请补上，形式为：{expected}" },
    WB034: { say: "`{id}` 声明了两次，第二次在 `{key}`。", fix: "请给其中一个换一个 id。" },
    WB035: { say: "`{key}` 提到的 {name} 没有任何声明。", fix: "已声明的或最接近的是：{nearest}" },
    WB036: {
      say: "`{key}` 写的是密钥本身，而不是引用。",
      fix: "请写成 env:名称 或 file:/路径，并更换该密钥：它已经出现在共享的文件里。",
    },
    WB037: {
      say: "`{key}` 的各个界限相互矛盾（坏的一侧是 {bad}）。",
      fix: "请按 normal、warn、critical 的顺序朝坏的一侧排列，或设置 `bad`。",
    },
    WB041: { say: "watchbook.yaml 修改了例行 {id}，但手册里没有它。", fix: "是否想写 {nearest}？" },
    WB042: {
      say: "检查 {check} 负责的条目 `{item}` 不在任何检查清单里。",
      fix: "请照手册原文书写；最接近的是：{nearest}",
    },
    WB043: {
      say: "备份 {backup} 声明备份的数据 `{data}` 不在手册的任何备份表里。",
      fix: "请照表中该行第一格原样书写；最接近的是：{nearest}",
    },
  },
} satisfies Same<typeof source>;
