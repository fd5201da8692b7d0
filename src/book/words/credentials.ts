import { PASSWORD_STAND_IN } from "./lint.ts";
import { isLiteral } from "./passwords.ts";

/** Some header, environment value or login stands in the text: one cheap look spares a look at every line. */
export const ANY_CREDENTIAL =
  /authorization|x-[\w-]{1,20}-?(?:key|token)|private-token|\bvalue["']?\s*:|log-?in|credentials?|creds|登录|登陆|账号|帐号|账户|用户/i;

/** A signed token in its three parts. One that is cut short is none. */
export const SIGNED_TOKEN = /(?<![\w-])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,4000}\.[\w-]{16,4000}/;

/** A header that lets whoever sends it in: `Authorization: Bearer x`, `X-Api-Key: x`. */
export const HEADER =
  /\b(?<label>(?:proxy-)?authorization|x-(?:api-?key|auth-token|access-token|vault-token)|private-token)["'`]?\s*[:=：]\s*["'`]?(?:(?<scheme>bearer|basic|token|apikey)\s+)?["'`]?(?<value>[!-~]{4,4000})(?![…\w])/iu;

/** Words that stand for a token where one is explained, and values that nobody was given. */
const EXAMPLE = /token|example|sample|dummy|placeholder|your|my[-_]|secret|x{3}|\.{2}|abc-?123|12345678|^eyJ/i;
const TOKEN = /^[\w.~+/=:-]{8,}$/;
const NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** Login and password that stand for any. */
const ANY_LOGIN = /^aladdin:|:(?:pass|pw|p4ss)\w{0,4}$/i;

/** A token as a machine makes it: letters with digits among them. */
const isToken = (value: string): boolean =>
  TOKEN.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && !EXAMPLE.test(value) && !NAME.test(value);

/** What stands behind `Basic`: a login and its password, both readable by whoever decodes them. */
function isLogin(value: string): boolean {
  if (!/^[\w+/-]{8,}={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, "base64").toString("latin1");
  const [, password] = /^[!-9;-~]+:([!-~]{4,})$/.exec(text) ?? [];
  return password !== undefined && !ANY_LOGIN.test(text) && !PASSWORD_STAND_IN.test(password);
}

/** The value of a header lets in; without a scheme `Authorization` is a word. */
export function letsIn(label: string, scheme: string | undefined, written: string): boolean {
  const value = written.replace(/["'`,;)\]}]{1,8}.*$/, "");
  if (scheme?.toLowerCase() === "basic") return isLogin(value);
  return (scheme !== undefined || !/authorization$/i.test(label)) && !PASSWORD_STAND_IN.test(value) && isToken(value);
}

/** A login with its password behind it on one line: `Login: admin/hT7kQ9wz`. */
export const LOGIN_TOLD =
  /(?<label>\b(?:log-?in|credentials?|creds)|(?:默认|管理员|登录|登陆)?(?:账号|帐号|账户|用户名?)(?:[/和](?:密码|口令))?|登录|登陆)["'`*]{0,4}\s?[:：=]["'`*]{0,4}\s?["'`*]{0,4}(?<user>[A-Za-z][\w.@-]{1,31})\s?[/:]\s?["'`]?(?<value>[!-~]{4,64})/iu;

/** Names that accounts have and paths seldom. */
const ACCOUNT =
  /^(?:admin|administrator|root|sa|postgres|mysql|oracle|sys|sysdba|system|elastic|grafana|zabbix|guest|operator|ubuntu|centos|ftp)$/i;

/** Password of a login, not the rest of a path or an address: chosen with care, or of an account that everybody knows. */
export function isLoginPassword(user: string, written: string): boolean {
  const value = written.replace(/(?:["'`*]+.*|[.,;:)]+)$/, "");
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
  return isLiteral(value) && (ACCOUNT.test(user) || mixed || /[!@#$%^&*+=~?]/.test(value));
}

/** Names of environment variables that hold a secret. Those of passwords are enough; the others need a value that looks made. */
export const PASSWORD_NAME = /(?:password|passwd|pwd|passphrase|secret_?key|api_?key|access_?token)$/i;
export const SECRET_NAME = /(?:secret|token|private_?key|access_?key|_pass|credentials?)$/i;

/** The value of such a variable is written out. */
export function isWrittenOut(name: string, value: string): boolean {
  if (value.length < 4 || PASSWORD_STAND_IN.test(value)) return false;
  return PASSWORD_NAME.test(name) || (SECRET_NAME.test(name) && isLiteral(value));
}
