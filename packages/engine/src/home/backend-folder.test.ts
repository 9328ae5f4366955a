import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { backendFolder } from "./backend-folder.ts";

test.each([
  ["file:///var/state", "/var/state"],
  ["file:///var/my%20state?no_tmp_dir=true", "/var/my state"],
  ["file://~", userInfo().homedir],
  ["file://~/state", join(userInfo().homedir, "state")],
  ["file://./state", resolve("state")],
  ["postgres://db/state", undefined],
  ["s3://bucket", undefined],
  ["https://api.example.org", undefined],
])("%s keeps state in %s", (backend, folder) => {
  expect(backendFolder(backend)).toBe(folder);
});
