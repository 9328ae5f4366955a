import { expect, test } from "vitest";
import { engineFailure } from "./engine-failure.ts";

const home = {
  folder: "/home/ada",
  backend: "file:///home/ada/state",
  variables: { PULUMI_CONFIG_PASSPHRASE_FILE: "/keys/pass" },
};

// The engine's own words (3.270).
test.each([
  [
    "getting stack configuration: get stack secrets manager: incorrect passphrase",
    /another passphrase than that of \/keys\/pass\./,
  ],
  [
    "failed to decrypt: incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE to the correct passphrase",
    /another passphrase/,
  ],
  [
    "get stack secrets manager: unable to read PULUMI_CONFIG_PASSPHRASE_FILE: open /keys/pass: no such file",
    /\/keys\/pass cannot be read/,
  ],
])("a passphrase that does not fit is told as that: %s", (said, why) => {
  const { code, message } = engineFailure(said, home);
  expect([code, message]).toEqual(["engine.passphrase", expect.stringMatching(why)]);
  expect(message).toContain("lay in /home/ada/passphrase unless a variable named it");
});

test("whatever else the engine says is said on", () => {
  expect(engineFailure("no room", home).message).toBe("no room [engine.failed]");
});
