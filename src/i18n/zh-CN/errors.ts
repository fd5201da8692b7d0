import type { Same } from "../same.ts";
import type { errors as source } from "../en/errors.ts";

/** 不属于任何一处的错误。 */
export const errors = {
  "FILE-NOT-FOUND": {
    say: "{path} 不存在。",
    fix: "请检查路径；相对路径从当前目录算起。",
  },
} satisfies Same<typeof source>;
