import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bridgesRule } from "./rules/bridges-rule.ts";
import { expiresRule } from "./rules/expires-rule.ts";
import { rootOptionsRule } from "./rules/root-options-rule.ts";
import { storagesRule } from "./rules/storages-rule.ts";
import { tagsRule } from "./rules/tags-rule.ts";
import { templatesRule } from "./rules/templates-rule.ts";
import { tenantRule } from "./rules/tenant-rule.ts";

const guide = readFileSync(new URL("../../../docs/guides/policies.md", import.meta.url), "utf8");
const rows = new Map(
  [...guide.matchAll(/^\| `([\w-]+)` \|.*\| (.*) \|$/gm)].map(([, rule, text]) => [rule, text]),
);

const rules = [tenantRule, tagsRule, expiresRule, bridgesRule, storagesRule, templatesRule, rootOptionsRule];

test.each(rules)("the guide names the settings of the rule $name", ({ name, settings }) => {
  const named = [...(rows.get(name) ?? "").matchAll(/`(\w+)`:/g)].map(([, setting]) => setting);
  expect([rows.has(name), named]).toEqual([true, Object.keys(settings)]);
});

test("the guide's file of settings names rules and settings that there are", () => {
  const [, text = ""] = /```json\n(.*?)```/s.exec(guide) ?? [];
  // as: what stands in our own page.
  const file = Object.entries(JSON.parse(text) as Record<string, object | string>);
  expect(file.length).toBeGreaterThan(3);
  for (const [name, settings] of file) {
    const rule = rules.find((one) => one.name === name);
    expect(rule, name).toBeDefined();
    const given = typeof settings === "string" ? [] : Object.keys(settings);
    const known = ["enforcementLevel", ...Object.keys(rule?.settings ?? {})];
    expect(given.filter((setting) => !known.includes(setting))).toEqual([]);
  }
});
