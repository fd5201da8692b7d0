/**
 * Words of the text before a block that make it the content of a file, or what something else runs by itself. They are
 * looked for in the last sentence before the block.
 */

const EXTENSION =
  "sh|bash|py|pl|rb|js|conf|cnf|cfg|ini|ya?ml|json|toml|env|service|timer|socket|cron|properties|xml|sql|local|rules|tf|j2|tpl";
/** A file by its path or by a name that only a file has. */
export const NAMED_FILE = new RegExp(
  `(?<![\\w/.~-])(?:(?:~|\\.{1,2})?/[\\w.@+-]+(?:/[\\w.@+-]+)*|\\.(?:bashrc|bash_profile|profile|zshrc|env|npmrc|pgpass|my\\.cnf)|[A-Za-z_][\\w-]*\\.(?:[\\w-]+\\.)?(?:${EXTENSION})|crontab|Dockerfile|Jenkinsfile|Makefile)(?![\\w/-])`,
  "g",
);
/** Without any of these no file is named. */
export const MAY_NAME_FILE = /\/|\.[a-z]|crontab|(?:Docker|Jenkins|Make)file/;
/** What stands in the place of a file in the patterns below. */
export const FILE = "\uE002";

const WITH = "(?:file|script|文件|脚本)?";
/** What may stand between the file and the end of the text. */
const END = `\\s*${WITH}\\s*(?:[(（][^)）]{0,40}[)）]\\s*)?[:：.。]?$`;

/** The file is what the block holds. Each is tried on a text in which every file is `FILE`. */
export const HOLDS: readonly RegExp[] = [
  // Put the following into FILE; add these lines at the end of FILE; save this as FILE
  new RegExp(
    `\\b(?:put|place|paste|insert|write|save|store|add|append|enter)\\b[^:：]{0,30}\\b(?:the following|following (?:lines?|content|script|code)|this|these|it)\\b[^:：]{0,30}\\b(?:into|in|to|as|at|of|under)\\b[^:：]{0,20}${FILE}`,
    "i",
  ),
  new RegExp(
    `^(?:then |now |next |and )?(?:add|append|paste|save)\\b[^:：]{0,30}\\b(?:into|to|as|in)\\b(?: the)?(?: end of)?(?: (?:your|the))?(?: file| script)?\\s*${FILE}${END}`,
    "i",
  ),
  // Edit FILE; create the script FILE with this content; FILE looks like this
  new RegExp(
    `\\b(?:edit|create|open|modify)\\b(?: (?:a|an|the|new|your))*(?: [\\w-]+)?(?: file| script)?\\s*(?:called |named |at |in )?${FILE}${END}`,
    "i",
  ),
  new RegExp(
    `${FILE}[^:：]{0,30}\\b(?:contents?|contains?|looks? like|reads|should (?:contain|look|read)|as follows)\\b|\\bcontents? of\\b[^:：]{0,20}${FILE}${END}`,
    "i",
  ),
  new RegExp(
    `\\b(?:create|edit|modify|open)\\b[^:：]{0,30}${FILE}[^:：]{0,20}\\b(?:with|and) (?:add|paste|insert|the|this|these)\\b[^:：]{0,30}(?:following|content|lines?|script|code)?[:：]$`,
    "i",
  ),
  // (the) script FILE:
  new RegExp(`(?:\\bscript|脚本)\\s*${FILE}${END}`, "i"),
  // 在 FILE 末尾添加；FILE 内容如下
  new RegExp(`${FILE}[^:：。]{0,20}(?:内容|添加|追加|写入|加入|填入|增加|粘贴|如下)[^:：。]{0,10}[:：]?$`),
  // 将以下内容写入 FILE；保存为 FILE
  new RegExp(
    `(?:写入|添加(?:到|至)|追加(?:到|至)|加入(?:到|至)?|保存(?:为|到|成|至)|另存为|放(?:入|到)|粘贴(?:到|至)|填入)[^:：。]{0,10}${FILE}[^:：。]{0,10}[:：]?$`,
  ),
  // 新建 FILE；编辑 FILE，写入
  new RegExp(
    `(?:新建|创建|编辑|修改|打开|建立|编写|新增|准备)[^:：。，,]{0,16}${FILE}\\s*${WITH}\\s*(?:[,，]?\\s*(?:其?内容|写入|添加|加入|输入|并(?:写入|添加|加入|输入))[^:：。]{0,12})?[:：]?$`,
  ),
];
/** What is made at a path and is no file that holds text. */
export const NO_FILE =
  /\b(?:director(?:y|ies)|folder|symlink|soft ?link|link|mount ?point|partition|volume|bucket|device|socket|database|users?|account)\b|目录|文件夹|软链|链接|挂载点|分区|设备|数据库|用户/i;
/** Programs that make what stands at a path. */
export const MAKES = "mkdir touch install fallocate truncate dd ln mknod mkfifo mkswap tee cp mv rsync lvcreate";

/** Something else runs it: a schedule, a pipeline, the start of a container. */
export const RUN_BY_OTHERS =
  /\b(?:cron ?jobs?|cron|timer|scheduler|pipelines?|workflow|ci(?:\/cd)?|jenkins|git ?lab|github actions?|entry ?points?|init ?containers?|hooks?|playbook|script|image|dockerfile)\b(?: (?:of|in|for|on) (?:the |each |every )?[\w-]+)? (?:then |also |automatically )?(?:runs?|executes?|does|calls?|invokes?)(?: (?:this|these|the following|it))?(?: (?:commands?|lines?|script))?(?: (?:for you|automatically|by itself|every \w+|each \w+|daily|nightly|hourly|weekly|on start|at (?:start|boot)))?\s*[)）]?\s*[:：.]?$/i;
export const RUN_BY_OTHERS_ZH =
  /(?:定时任务|计划任务|流水线|jenkins|gitlab|\bci\b|构建步骤|构建脚本|入口脚本|entrypoint|开机自(?:动|启)|启动钩子|钩子)[^:：。，,]{0,12}(?:填写|填入|执行|运行|配置|添加|粘贴|内容|调用)(?:的(?:内容|命令|脚本|是))?(?:如下|为|是)?\s*[:：]?$/i;
/** It is typed into a form, not into a shell. */
export const INTO_A_FORM =
  /\b(?:paste|put|enter|type|copy)\b[^:：]{0,40}\b(?:into|in)\b[^:：]{0,40}\b(?:field|box|form|text ?area|user[- ]?data|build step|(?:web|cloud) console|editor)\b|(?:粘贴|填写|填入|复制)(?:到|至|在)[^:：。]{0,20}(?:控制台|输入框|文本框|页面|表单|字段|用户数据)/i;
/** … unless that is what is looked at. */
export const LOOKS_AT =
  /\b(?:check|verify|make sure|ensure|confirm|see (?:if|whether|that)|test)\b|检查|确认|查看|验证|核实|测试/i;
