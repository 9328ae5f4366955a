import { userInfo } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { stateHome } from "./state-home.ts";

const here = pathToFileURL(resolve(".")).href;

test.each([
  ["", "file:///home/state"],
  ["file:///var/my%20state?no_tmp_dir=true", "file:///var/my%20state?no_tmp_dir=true"],
  ["file://./my state?no_tmp_dir=true", `${here}/my%20state?no_tmp_dir=true`],
  ["file://state", `${here}/state`],
  ["file://~/state", `${pathToFileURL(userInfo().homedir).href}/state`],
  ["postgres://db/state", "postgres://db/state"],
])("a backend '%s' is %s from any folder", (given, backend) => {
  const environment = { COPPICE_HOME: "/home", PULUMI_BACKEND_URL: given };
  expect(stateHome(environment)).toEqual({ folder: "/home", backend });
});
