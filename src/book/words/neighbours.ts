/** Words of the texts before neighbouring blocks that make one the opposite of the other, or another way of the same. */
import { UNDOES } from "./examples.ts";

/** What a command does, and what undoes it in the next block. */
export const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  ...UNDOES,
  [/\bstart\b/, "stop"],
  [/\brestart\b/, "stop"],
  [/\bup\b/, "down"],
  [/\bon\b/, "off"],
];
/** The word of a command that says which state is wanted: without it, what is left is the thing. */
export const STATE_OF = /\b(?:start|stop|restart|reload|status|enable|disable|up|down|on|off)\b/;

/** A text that begins with a deed and says nothing but the thing behind it. */
export const BEGINS =
  /^(?:to |how to )?(?:start(?: up)?|enable|turn on|switch on|bring up)\b|^(?:如何)?(?:启动|开启|启用|打开|上线)/i;
export const ENDS =
  /^(?:to |how to )?(?:stop|shut ?down|disable|turn off|switch off|bring down)\b|^(?:如何)?(?:停止|关闭|停用|禁用|关停|下线)/i;
export const AGAIN = /^(?:to |how to )?restart\b|^(?:如何)?重启/i;
/** The thing is the one of the text before. */
export const SAME = /^(?:|it|them|the service|service|服务|它)$/i;
export const GENTLE = /\b(?:graceful(?:ly)?|soft(?:ly)?|clean(?:ly)?|normal(?:ly)?)\b|优雅|平滑|正常|软/i;
export const FORCED = /\b(?:forc(?:e|ed|ibly)|hard|immediate(?:ly)?|unclean(?:ly)?)\b|强制|强行|立即|硬/i;
/** What is done gently or by force. */
export const DEED = /stop|restart|shut ?down|kill|reboot|terminat|停止|重启|关闭|关机|停机|终止/i;

/** It comes behind what stands before: a sequence, not a choice. */
export const SEQUENCE =
  /^\s*(?:step\s*\d|[(（]?\d+\s*[.、)）:：]|第\s*[一二三四五六七八九十\d]+\s*步)|\b(?:then|next|after(?:wards)?|now|finally|lastly|again|once|first)\b|然后|接着|最后|之后|完成后|再次?|首先|随后/i;
/** Another way than what stands before, or the first of two. */
export const OTHER_WAY =
  /^(?:or|otherwise|else|alternatively)\b(?! (?:than|else))|(?:^|[:：,，.]\s*)either\b|^(?:或者|或(?!许)|否则|也可以)/i;
