import type { Same } from "../same.ts";
import type { drivers as source } from "../en/drivers.ts";

/** 对象驱动（Compose、systemd、Kubernetes）拒绝的情形。 */
export const drivers = {
  errors: {
    "TARGET-CHANGED": {
      say: "对象 {target} 上的 {name} 与制定计划时不同：当时是 {was}，现在是 {is}。",
      fix: "先查清是谁改的，再重新生成计划并重新批准。",
    },
    "TARGET-REFUSED": {
      say: "对象 {target} 拒绝执行（{status}）：{command}：{detail}",
      fix: "查看该步骤的日志，其中有对象最后的输出；已做的更改可以回退。",
    },
    "COMPOSE-OLD": {
      say: "对象 {target} 上只有 Docker Compose {version}；需要第 2 版。",
      fix: "在那里安装 docker 的 Compose 插件（Debian 13 的包名是 docker-compose，Docker 官方包是 docker-compose-plugin），直到 `docker compose version` 有输出。",
    },
    "TARGET-THING-UNKNOWN": {
      say: "对象 {target} 上没有 {name}；已有：{known}。",
      fix: "改正步骤或对象参数中的名称。",
    },
    "TARGET-UNDO-LOST": {
      say: "对象 {target} 上的 {name} 无法恢复到原来的状态（{what}）：当时的配置没有留存。",
      fix: "先用 git 等方式手工把文件恢复到那个版本，再执行该步骤。",
    },
    "TARGET-OVER-ITSELF": {
      say: "对象 {target} 不能经由 {over} 到达：绕回了自身，或者那个对象无法打开。",
      fix: "改正 watchbook.yaml 中该对象的 over。",
    },
    "TARGET-NEEDS": {
      say: "对象 {target} 需要软件包 {install}，但尚未安装。",
      fix: "安装它：npm install {install}",
    },
    "TARGET-VALUES-GONE": {
      say: "对象 {target} 上 {name} 的机密值不写入计划，而当前进程没有这些值。",
      fix: "请在执行的进程里重新生成计划。",
    },
    "TARGET-WISH": {
      say: "对 {target} 上的 {name} 的要求无法做到：{what}。",
      fix: "改正该步骤；对象指南列出了每类对象能做什么。",
    },
  },
} satisfies Same<typeof source>;
