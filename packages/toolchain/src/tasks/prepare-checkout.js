import { ensureBuild } from "../build/ensure-build.js";
import { findNode } from "../node/find-node.js";
import { ensurePackages } from "../packages/ensure-packages.js";

/**
 * Installs and builds what a checkout needs before any TypeScript of ours can run. Does nothing when all is there.
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 * @returns {Promise<import("../node/find-node.js").FoundNode>} The Node to go on with.
 */
export async function prepareCheckout(host, root) {
  await ensurePackages(host, root);
  const node = await findNode(host, root);
  await ensureBuild(host, root, node.path);
  return node;
}
