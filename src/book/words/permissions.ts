import { words } from "./matcher.ts";

/** Header words of a table that says who may do what. */
export const PERMISSION_HEADERS = {
  who: words(
    [
      ...["人员", "姓名", "账号", "帐号", "用户", "角色", "岗位", "授权对象", "被授权人"],
      ...["user", "person", "people", "role", "account", "who", "grantee", "member", "principal"],
    ],
    ["用户数", "用户组权限"],
  ),
  rights: words(
    ["权限", "授权", "可执行操作", "permission", "right", "access right", "privilege", "access level", "may"],
    ["授权对象", "被授权人", "授权人", "授权日期", "权限到期", "授权到期", "授权截止", "授权有效期"],
  ),
  object: words([
    ...["对象", "资源", "系统", "服务器", "主机", "目录", "路径", "范围", "环境", "服务"],
    ...["object", "resource", "system", "host", "server", "scope", "target", "path", "environment", "service"],
  ]),
  until: words([
    ...["有效期", "到期", "截止", "失效", "期限", "有效至", "收回"],
    ...["until", "expires", "expiry", "expiration", "valid until", "valid to", "end date", "revoke"],
  ]),
};

/** Headings under which people are granted something: elsewhere a table of roles describes a program. */
export const PERMISSION_CONTEXT = words([
  ...[
    "权限清单",
    "权限表",
    "权限一览",
    "权限登记",
    "权限分配",
    "授权清单",
    "授权表",
    "授权登记",
    "人员权限",
    "账号清单",
  ],
  ...["permission table", "permission list", "permission checklist", "access list", "access matrix", "access register"],
  ...["authorisation list", "authorization list", "who may do what", "granted access", "temporary access"],
]);

/** Cells of an end that there is not. */
const ENDLESS = /^(?:长期|长期有效|永久|永久有效|不限|无|无期限|permanent|indefinite|none|never|n\/a|no end|[-–—/]?)$/;

const DATE = /(?<!\d)(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/g;

/** Whether a cell, folded, says that there is no end. */
export const isEndless = (folded: string): boolean => ENDLESS.test(folded);

/** The last date that stands in a cell, `YYYY-MM-DD`; undefined for none, and for one that no calendar has. */
export function lastDateIn(text: string): string | undefined {
  const found = [...text.matchAll(DATE)].at(-1);
  if (found === undefined) return undefined;
  const [, y, m, d, year = y, month = m, day = d] = found;
  const date = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : date;
}

/** A file's mode: that is a list of files, not of people. */
export const isMode = (text: string): boolean => /^(?:0?[0-7]{3,4}|[-dl]?(?:[r-][w-][xsStT-]){3})$/.test(text.trim());
