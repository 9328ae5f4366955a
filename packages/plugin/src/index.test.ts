import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("the plugin's start loads neither Pulumi's SDK nor the components: a class does", () => {
  const entry = new URL("index.ts", import.meta.url).href;
  const program = `
    import { createRequire, registerHooks } from "node:module";
    const modules = [];
    registerHooks({ load: (url, context, next) => (modules.push(url), next(url, context)) });
    const loaded = () => ["@pulumi/pulumi/runtime/", "packages/components/"].filter((part) =>
      [...modules, ...Object.keys(createRequire(${JSON.stringify(entry)}).cache)].some((file) => file.includes(part)));
    await import(${JSON.stringify(entry)});
    const before = loaded();
    await import("@coppice/components");
    console.log(JSON.stringify([before, loaded()]));`;
  const options = { cwd: new URL(".", import.meta.url), encoding: "utf8" } as const;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], options);
  // The second list proves that the first could have been anything but empty.
  expect(JSON.parse(output)).toEqual([[], ["@pulumi/pulumi/runtime/", "packages/components/"]]);
});
