import { describe, expect, test } from "vitest";
import { formatStorageConfig, parseStorageConfig } from "./storage-config.ts";

const text = `dir: local
\tpath /var/lib/vz
\tcontent iso,images

nfs: nas
\tserver 192.0.2.9
\texport /srv/nas
\tcontent images
\tnodes pve1,pve2
\tdisable

lvmthin: thin
\tthinpool data
\tvgname pve
\tcontent images
`;

describe("storage.cfg", () => {
  test("is understood section by section", () => {
    const storages = parseStorageConfig(text);
    expect([...storages.keys()]).toEqual(["local", "nas", "thin"]);
    expect(storages.get("nas")).toMatchObject({
      type: "nfs",
      path: "/mnt/pve/nas",
      shared: true,
      disabled: true,
    });
    expect(storages.get("nas")?.nodes).toEqual(new Set(["pve1", "pve2"]));
    expect(storages.get("local")).toMatchObject({ shared: false, disabled: false });
    expect(storages.get("thin")?.path).toBeUndefined();
  });

  test("is written back as it was", () => {
    expect(formatStorageConfig(parseStorageConfig(text).values())).toBe(`${text}\n`);
  });

  test("has a local storage even when the file has none", () => {
    expect(parseStorageConfig("").get("local")?.path).toBe("/var/lib/vz");
  });

  test("passes over lines that mean nothing", () => {
    expect([...parseStorageConfig("nonsense\n\t\n: x\ndir: ab\n\tpath /x\n").keys()]).toEqual([
      "local",
      "ab",
    ]);
  });
});
