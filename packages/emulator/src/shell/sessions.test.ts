import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VirtualClock } from "@coppice/core";
import { expect, test } from "vitest";
import { corosyncFile, formatCorosync } from "../cluster/corosync.ts";
import { smallCluster } from "../storage/fixtures/small-cluster.ts";
import { Sessions } from "./sessions.ts";

const members = ["pve1", "pve2"].map((name, index) => ({
  name,
  nodeid: index + 1,
  address: `192.0.2.1${index + 1}`,
  votes: 1,
}));

test("what a shell changes by hand stays while its node has quorum, and is undone and counted while it has none", async () => {
  const clock = new VirtualClock();
  using small = smallCluster({ clock });
  const { cluster, node, other } = small;
  const { files, counters } = cluster;
  files.write(corosyncFile, formatCorosync({ clusterName: "lab", members, configVersion: 2, totem: {} }));
  const sessions = new Sessions(cluster);
  const onDisk = (path: string) => join(files.folder, path);

  cluster.setLink(other, false);
  await clock.advance(10_000);
  expect(cluster.quorate(node)).toBe(false);
  const leave = sessions.enter(node);
  writeFileSync(onDisk("new.cfg"), "new");
  rmSync(onDisk("storage.cfg"));
  leave();
  expect(files.read("new.cfg")).toBeUndefined();
  expect([existsSync(onDisk("new.cfg")), existsSync(onDisk("storage.cfg"))]).toEqual([false, true]);
  expect(counters.get("files:undone")).toBe(2);

  cluster.setLink(other, true);
  await clock.advance(10_000);
  const leaveAgain = sessions.enter(node);
  writeFileSync(onDisk("new.cfg"), "new");
  leaveAgain();
  expect(files.read("new.cfg")).toBe("new");
  expect(counters.get("files:undone")).toBe(2);
});
