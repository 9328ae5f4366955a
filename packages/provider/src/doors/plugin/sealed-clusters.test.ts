import { describe, expect, test } from "vitest";
import { sealClusters, unsealClusters } from "./sealed-clusters.ts";
import { asSecret, toWire } from "./wire-values.ts";

const clusters = JSON.stringify({ main: { endpoint: "https://pve1.example.org:8006", token: "literal" } });
const others = { door: "plugin" };

describe("a sealed configuration", () => {
  const sealed = sealClusters(toWire({ clusters, ...others }));

  test("holds its clusters as a secret, whatever was said of them, and nothing else", () => {
    expect(sealed.toJavaScript()).toEqual({ clusters: [asSecret(clusters)], ...others });
  });

  test("is no secret of the program's, unless the engine has put its mark around the list", () => {
    expect(unsealClusters(sealed)).toEqual({ given: clusters, secret: false, sealed: true });
    const marked = toWire({ clusters: asSecret([asSecret(clusters)]) });
    expect(unsealClusters(marked)).toEqual({ given: clusters, secret: true, sealed: true });
  });

  test("is sealed once, however often it is checked", () => {
    expect(sealClusters(sealed).toJavaScript()).toEqual(sealed.toJavaScript());
  });
});

test.each([
  ["text", clusters],
  ["an empty list", []],
  ["a list of two, of which the second would be forgotten", [clusters, clusters]],
])("%s is not sealed", (_, given) => {
  expect(unsealClusters(toWire({ clusters: given }))).toEqual({ given, secret: false, sealed: false });
});
