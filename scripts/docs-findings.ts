import { forMany } from "../src/i18n/format.ts";
import { en } from "../src/i18n/en/index.ts";
import { zh } from "../src/i18n/zh-CN/index.ts";
import { why } from "./why.ts";

const HEAD = {
  en: [
    "# Findings",
    "",
    "Every finding of `watchbook lint`, with what it says and what to do. Values stand in braces. A finding that does not",
    "apply is switched off in watchbook.yaml with its reason: `suppress: [{ code: WB608, reason: … }]`.",
    "",
    "WB0xx reading and data · WB1xx links and documents · WB2xx recognition · WB3xx procedures and duties · WB4xx names ·",
    "WB5xx secrets · WB6xx contradictions · WB7xx commands · WB8xx retention and support · WB9xx approvals",
  ],
  zh: [
    "# 发现",
    "",
    "`watchbook lint` 的全部发现：说了什么、该怎么做。花括号里是具体的值。不适用的发现可在 watchbook.yaml 中写明理由后关闭：",
    "`suppress: [{ code: WB608, reason: … }]`。",
    "",
    "WB0xx 读取与数据 · WB1xx 链接与文档 · WB2xx 识别 · WB3xx 规程与例行 · WB4xx 命名 · WB5xx 密钥口令 · WB6xx 矛盾 ·",
    "WB7xx 命令 · WB8xx 保留与支持期 · WB9xx 审批",
  ],
};

interface Said {
  readonly say: string;
  readonly fix: string;
}

function page(lang: "en" | "zh"): string {
  const findings = (lang === "en" ? en : zh).findings as Readonly<Record<string, Said>>;
  const parts = Object.keys(findings)
    .toSorted()
    .map((code) => {
      const { say, fix } = findings[code]!;
      const reason = why[code]?.[lang === "en" ? 0 : 1] ?? "";
      return ["", `## ${code}`, "", forMany(say), "", `→ ${forMany(fix)}`, ...(reason === "" ? [] : ["", reason])].join(
        "\n",
      );
    });
  return `${[...HEAD[lang], ...parts].join("\n")}\n`;
}

/** docs/findings*.md by path, made from the sentences themselves. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/findings.md", page("en")],
    ["docs/findings.zh-CN.md", page("zh")],
  ]);
