import type { targets as source } from "../en/targets.ts";
import type { Same } from "../same.ts";

/** 对象本身、或发往对象的内容有什么问题。 */
export const targets = {
  errors: {
    "VARIABLE-NAME": {
      say: "“{name}”不能作为 shell 变量名。",
      fix: "变量名只能用字母、数字和 `_`，并且不以数字开头。",
    },
    "VARIABLE-RESERVED": {
      say: "{name} 不能用作参数名：对象上的 shell 或加载器会把它当作代码或自身状态来读取。",
      fix: "给参数换一个名字，并在步骤里改用新名字。",
    },
    "VARIABLE-NUL": {
      say: "{name} 的值含有 NUL 字节，环境变量和脚本都无法携带它。",
      fix: "去掉 NUL 字节，或者把该值作为文件传送。",
    },
    "VARIABLE-LONG": {
      say: "{name} 连同名字共 {bytes} 字节；Linux 最多只能把 {most} 字节传给一个程序。",
      fix: "把它作为文件传送，只把路径交给步骤。",
    },
    "HOST-KEY-UNKNOWN": {
      say: "还没有人确认过 {target}（{host}）的主机密钥：{file} 里没有它。没有发送任何内容。",
      fix: "运行 `watchbook target enroll {target}`，与主机负责人核对指纹，然后提交 {file}。",
    },
    "HOST-KEY-CHANGED": {
      say: "{target}（{host}）出示的主机密钥与 {file} 中的不同：主机被重装过，或者有人在中间冒充。没有发送任何内容。",
      fix: "先问主机负责人。只有对方确认了新指纹，才从 {file} 删除旧的那一行，再运行 `watchbook target enroll {target}`。",
    },
    "HOST-KEY-NONE": {
      say: "{host} 没有给出主机密钥（{detail}）。",
      fix: "检查主机名和端口，并确认 sshd 有应答：`ssh-keyscan -p {port} {host}`。",
    },
    "SSH2-REFUSED": {
      say: "ssh2 驱动做不到 {target} 所需的：{feature}。",
      fix: "对该对象使用 `driver: openssh`（默认值）；如果只是一份并不需要的 ssh 配置提出了这项要求，写 `config: none`。",
    },
    "SSH2-MISSING": {
      say: "没有安装 {target} 所用的 ssh2 驱动（{detail}）。",
      fix: "在 watchbook 的安装目录运行 `npm install ssh2`，或者使用 `driver: openssh`（默认值）。",
    },
  },
} as const satisfies Same<typeof source>;
