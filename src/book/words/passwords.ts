import { PASSWORD_STAND_IN } from "./lint.ts";

/** Headers and first cells of tables beside or below which a password stands. */
export const PASSWORD_HEADER =
  /^(?:(?:default|initial|current|root|admin|login|db|database|user|service) )?(?:password|passwd|pwd|passphrase)s?$|^(?:默认|初始|当前|登录|登陆|root|管理员|数据库|用户|系统)? ?(?:密码|口令|密码\/口令)$/iu;
/** One cell for both: `账号/密码`. */
export const LOGIN_HEADER =
  /^(?:账号|帐号|用户|用户名|账户|user|user ?name|login|account) ?[/:] ?(?:密码|口令|password|passwd|pwd)$/iu;

/** A sentence that tells a password: the password is hunter2, 密码为 hunter2. The value may be quoted. */
export const PASSWORD_TOLD =
  /(?<label>\b(?:password|passwd|passphrase|pwd)|密码|口令)(?: (?:is|was)(?: (?:now|still|currently|always|just))?(?: set to)?| set to|(?:现在|目前|统一|默认|都|均|已|初始)*(?:是|为|设为|设置为|设成|改为|改成|重置为|就是))\s*(?<open>["'`*“‘「]*)(?<value>[!-~]{4,64})/iu;

/** Where passwords are kept, what they are made with, and rules about them: no password, although it looks like one. */
const NO_PASSWORD =
  /vault|1password|bitwarden|keepass|lastpass|secrets?[-_ ]?manager|secretkeyref|password[-_ ]?(?:store|manager|safe)|\bsops\b|\bssm\b|\bkms\b|\bhsm\b|ldap|kerberos|oauth|\bsso\b|bcrypt|scrypt|argon2|pbkdf2|\bmd5\b|sha-?\d|\baes\b|aes-?\d|base-?64|utf-?8|rfc-?\d|x\.?509|[mt]?otp\b|\b[2m]fa\b|\bssh\b|encoded|encrypted|hashed|protected|generated|random|^\w+\.(?:kdbx|env|ya?ml|json|txt|md|conf)$|^~|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^\d+[-–~]?\d*(?:\+|d|h|days?|chars?|位)?$|^n\/a$|^(?:https?|file|env|ref|secret|arn|op):|^[\w.-]+\/[\w./#-]+$/i;
/** Words that people really set as passwords. */
const WEAK =
  /^(?:admin|root|guest|welcome|letmein|qwerty|abc123|iloveyou|administrator|toor|changeit|default|manager|oracle|postgres|mysql|test)$/i;

/** A literal password, of which a table or a code span leaves no doubt that it is meant as a value. */
export function isLiteral(value: string): boolean {
  if (value.length < 4 || !/^[!-~]+$/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (PASSWORD_STAND_IN.test(value) || NO_PASSWORD.test(value) || /[<>{}]|\*{3}|x{4}/i.test(value)) return false;
  return WEAK.test(value) || looksChosen(value);
}

/** Letters with digits or signs among them, as no word of a sentence has. */
const looksChosen = (value: string): boolean =>
  /\d|[!@#$%^&*+=~?]/.test(value.slice(0, -1)) || /[A-Za-z]\d$/.test(value);

/** A password in a sentence; `open`: the quotation mark before it, which makes a plain word a value too. */
export function isTold(value: string, open: string): boolean {
  if (!/["'`“‘「]/u.test(open)) return !WEAK.test(value) && isLiteral(value);
  return (
    isLiteral(value) || (/^[A-Za-z]{4,32}$/.test(value) && !PASSWORD_STAND_IN.test(value) && !NO_PASSWORD.test(value))
  );
}
