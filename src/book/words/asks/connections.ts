import type { Ask } from "./ask.ts";

const PATTERNS: readonly RegExp[] = [
  /^(?:the )?(?:number of )?(?:tcp |active |open |current |established )?connections?(?: count)?(?: (?:on|to) port (\d{1,5}))? (?:is |are |stays? )?(?:below|under|less than|at most|no more than|<=?|≤) ?(\d{1,6})$/iu,
  /^(?:当前|在线|活跃|tcp)? ?()连接(?:总)?数(?:是否|应|保持)*(?:低于|小于|不超过|少于|<=?|≤) ?(\d{1,6})$/iu,
];

/** `Connections below 280`, `连接数低于 280`. */
export const connections: Ask = (sentence) => {
  const match = PATTERNS.map((pattern) => pattern.exec(sentence)).find((found) => found !== null);
  if (!match) return undefined;
  const [, port, limit] = match;
  return [
    {
      kind: "connections",
      params: port ? { port: Number(port) } : {},
      bands: { bad: "above", critical: Number(limit) },
    },
  ];
};
