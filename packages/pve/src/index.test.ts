import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("importing the package loads neither undici nor ssh2; the first connection does", () => {
  const entry = new URL("index.ts", import.meta.url).href;
  const program = `
    import { createRequire } from "node:module";
    await import(${JSON.stringify(entry)});
    const loaded = () => ["undici", "ssh2"].filter((name) =>
      Object.keys(createRequire(${JSON.stringify(entry)}).cache).some((file) => file.includes("/node_modules/" + name + "/")));
    const before = loaded();
    await import("undici");
    console.log(JSON.stringify([before, loaded()]));`;
  const options = { cwd: new URL(".", import.meta.url), encoding: "utf8" } as const;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], options);
  // The second list proves that the first could have been anything but empty.
  expect(JSON.parse(output)).toEqual([[], ["undici"]]);
});
